"""The tagger of names: a linear-chain conditional random field over words, trained by ``make train``; see MODEL.md."""
