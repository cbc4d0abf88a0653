"""Elements of many XML vocabularies by what they do to the text: FictionBook, JATS, TEI, DocBook, feeds, outlines, Office."""

from __future__ import annotations

# Names without prefix, in lower case. Text in the midst of a paragraph, in whichever vocabulary:
INLINE = frozenset(
    (
        *("a", "b", "i", "u", "s", "em", "strong", "emphasis", "bold", "italic", "underline", "sub", "sup", "span", "code", "tt"),
        *("monospace", "sc", "strike", "strikethrough", "strikeout", "overline", "roman", "sans-serif", "small", "big", "font"),
        *("ext-link", "xref", "named-content", "styled-content", "inline-formula", "uri", "email", "link", "ulink", "quote", "q"),
        *("literal", "command", "filename", "application", "citetitle", "firstterm", "foreignphrase", "phrase", "superscript"),
        *("subscript", "trademark", "acronym", "abbrev", "abbr", "keycap", "hi", "ref", "persname", "placename", "orgname"),
        *("name", "term", "foreign", "rs", "choice", "orig", "reg", "sic", "corr", "tspan", "given-names", "surname", "prefix"),
        *("suffix", "first-name", "middle-name", "last-name", "firstname", "forename", "rt", "rb", "ruby", "mark", "kbd", "lb"),
    )
)
BLOCKS = frozenset(
    (
        *("p", "para", "simpara", "title", "subtitle", "section", "sec", "div", "chapter", "head", "item", "listitem", "li"),
        *("list", "list-item", "table", "tr", "row", "caption", "label", "note", "footnote", "fn", "v", "stanza", "poem", "l"),
        *("lg", "epigraph", "cite", "text-author", "empty-line", "h1", "h2", "h3", "h4", "h5", "h6", "entry", "blockquote"),
        *("disp-quote", "disp-formula", "outline", "text", "desc", "sp", "speaker", "stage", "formalpara", "term", "dt", "dd"),
    )
) - {"term"}
LINE_ENDS = frozenset(("br", "break", "lb", "empty-line"))
KEPT_AS_WRITTEN = frozenset(("pre", "preformat", "programlisting", "screen", "literallayout", "eg", "verbatim"))
ROWS = frozenset(("tr", "row"))
CELLS = frozenset(("td", "th", "entry", "cell"))
HIDDEN = frozenset(("script", "style", "binary", "bindata"))
# What is about the document and not in it: it is found, but shown behind the text.
FURNITURE = frozenset(
    (
        *(
            "fictionbook/description",
            "front/journal-meta",
            "article/processing-meta",
            "article-meta/permissions",
            "tei/teiheader",
        ),
        *(
            "article-meta/article-id",
            "article-meta/pub-date",
            "article-meta/article-categories",
            "opml/head",
            "article/back-matter",
        ),
        *("channel/link", "channel/docs", "channel/generator", "channel/ttl", "channel/language", "item/guid", "item/link"),
        *("feed/id", "feed/generator", "entry/id", "entry/link", "channel/webmaster", "channel/lastbuilddate", "item/comments"),
        *("channel/image", "rdf/image", "rss/image", "channel/updateperiod", "channel/updatefrequency", "channel/updatebase"),
        *("channel/pubdate", "channel/date", "channel/cloud", "channel/rating", "item/format", "item/language", "item/type"),
        *("channel/format", "channel/type", "entry/format", "feed/icon", "feed/logo"),
        *("worddocument/documentproperties", "workbook/documentproperties", "rdf/items"),
    )
)
JOINED = frozenset(
    (
        *("element-citation", "nlm-citation", "contrib", "person-group", "pub-date", "author", "editor", "translator", "name"),
        *("personname", "persname", "string-name", "history-date"),
    )
)
FORMULAS = frozenset(("math", "omath"))
MATHEMATICAL = frozenset(("mi", "mn", "mo", "mrow", "msub", "msup", "mfrac", "msqrt", "mtext", "r", "t"))
RUNS = frozenset(("r", "t", "data", "prooferr", "bookmarkstart"))  # of Office's own XML
# Roots of vocabularies for texts: "</p>" in such a text is a word of it, in other XML it is markup that was packed twice.
DOCUMENTS = frozenset(
    ("article", "book", "chapter", "part", "refentry", "set", "tei", "teicorpus", "fictionbook", "dtbook", "html")
)
OFFICE = frozenset(("worddocument", "package", "workbook"))
RECORDED = frozenset(
    (
        *("title", "book-title", "article-title", "first-name", "middle-name", "last-name", "nickname", "surname", "given-names"),
        *(
            "firstname",
            "forename",
            "persname",
            "personname",
            "author",
            "name",
            "string-name",
            "creator",
            "managingeditor",
            "date",
        ),
        *("lang", "language", "publisher", "publisher-name", "journal-title", "ownername", "datecreated", "datemodified", "year"),
        *(
            "month",
            "day",
            "pubdate",
            "published",
            "updated",
            "modified",
            "issued",
            "lastbuilddate",
            "created",
            "lastname",
            "collab",
        ),
    )
)
