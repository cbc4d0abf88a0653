"""Every command once: the help, the completion and the dispatch are made from this table."""

from __future__ import annotations

from explorer.cli.options import Command

_FOLDER = ("FOLDER", "the folder to look into; the current folder when left out")
_QUERY = ("QUERY", "what to look for, quoted when it has spaces; a single word that names a folder is FOLDER")
_UPDATE = ("--no-update", "--exclude", "--engine")
_GREP_CODES = "exit code: 0 something found, 1 nothing found, 2 an error, 130 interrupted"
_CHANGE_CODES = "exit code: 0 done, 2 an error, and then nothing is changed"
_DONE_CODES = "exit code: 0 done, files that cannot be read included, 2 an error, 130 interrupted"

COMMANDS: tuple[Command, ...] = (
    Command(
        "index",
        "[FOLDER] [options]",
        "Builds the index of a folder or brings it up to date, and says what changed.",
        "explorer index ~/articles --exclude 'drafts/*'",
        "keeping:index",
        (_FOLDER,),
        ("--rebuild", "--retry", "--exclude", "--engine", "--names", "--format"),
        _DONE_CODES,
    ),
    Command(
        "search",
        "QUERY [FOLDER] [options]",
        "Passages that answer a query, best first, one a document.",
        "explorer search '\"nobody was left behind\" date:2026' ~/articles --format md",
        "asking:search",
        (_QUERY, _FOLDER),
        ("--limit", "--all-passages", "--fold", "--format", *_UPDATE),
        _GREP_CODES,
        guide=True,
    ),
    Command(
        "quotes",
        "[QUERY] [FOLDER] [options]",
        "Who said what: quotes with their speakers, of the documents that answer a query, or of all.",
        "explorer quotes 'by:verrall is:direct' ~/articles --format csv",
        "asking:quotes",
        (_QUERY, _FOLDER),
        ("--limit", "--format", *_UPDATE),
        _GREP_CODES,
        guide=True,
    ),
    Command(
        "entities",
        "[QUERY] [FOLDER] [options]",
        "People, organisations, places and dates with their counts and every form of their names.",
        "explorer entities ~/articles --type person",
        "asking:entities",
        (_QUERY, _FOLDER),
        ("--type", "--limit", "--format", *_UPDATE),
        _GREP_CODES,
        guide=True,
    ),
    Command(
        "facets",
        "[QUERY] [FOLDER] [options]",
        "Sources, years, kinds of file, languages, tags and stars of what a query finds, or of all, counted.",
        "explorer facets ferry ~/articles",
        "asking:facets",
        (_QUERY, _FOLDER),
        ("--format", *_UPDATE),
        _GREP_CODES,
        guide=True,
    ),
    Command(
        "terms",
        "LIST [FOLDER] [options]",
        "Search term report: for each query of a list its documents, its hits, and what only it finds.",
        "explorer terms terms.txt ~/articles --format csv",
        "terms:terms",
        (("LIST", "a file with a query on each line, # before a comment; - is standard input"), _FOLDER),
        ("--format", *_UPDATE),
        "exit code: 0 something found, 1 nothing found, 2 an error, even in one query only, 130 interrupted",
        guide=True,
    ),
    Command(
        "save",
        "NAME QUERY [FOLDER]",
        "Keeps a query under a name, for others to use as @NAME or query:NAME; an empty QUERY takes it away.",
        "explorer save deaths 'died OR killed OR \"lost their lives\"' ~/articles",
        "terms:save",
        (("NAME", "letters, digits, - _ and ."), ("QUERY", "what it stands for"), _FOLDER),
        more="exit code: 0 done, 1 there was no such name to take away, 2 an error",
        guide=True,
    ),
    Command(
        "saved",
        "[FOLDER] [options]",
        "The saved queries of a folder.",
        "explorer saved ~/articles",
        "terms:saved",
        (_FOLDER,),
        ("--format",),
        "exit code: 0 there are some, 1 there are none, 2 an error",
    ),
    Command(
        "tag",
        "TAG FILE [FILE ...] [options]",
        "Puts a tag of your own on documents, or takes it away; tag:TAG finds them.",
        "explorer tag urgent ~/articles/ferry-fire.txt",
        "labels:tag",
        (
            ("TAG", "one line of your own words"),
            ("FILE", "a document; the nearest folder above it that is indexed keeps the tag"),
        ),
        ("--remove", *_UPDATE),
        _CHANGE_CODES,
    ),
    Command(
        "star",
        "FILE [FILE ...] [options]",
        "Stars documents, or takes their star away; is:starred finds them.",
        "explorer star ~/articles/ferry-fire.txt",
        "labels:star",
        (("FILE", "a document; the nearest folder above it that is indexed keeps the star"),),
        ("--remove", *_UPDATE),
        _CHANGE_CODES,
    ),
    Command(
        "join",
        "NAME OTHER [FOLDER] [options]",
        "Shows a name under another in all documents: two names of one person, organisation or place.",
        'explorer join "Tony Marsh" "Anthony Marsh" ~/articles',
        "joining:join",
        (("NAME", "a name as explorer entities lists it"), ("OTHER", "the name it is to be shown under"), _FOLDER),
        ("--type", "--remove", *_UPDATE),
        _CHANGE_CODES,
    ),
    Command(
        "part",
        "NAME [FOLDER] [options]",
        "Keeps a name apart that is shown under another.",
        'explorer part "Tony Marsh" ~/articles',
        "joining:part",
        (("NAME", "a name as explorer entities lists it under joined"), _FOLDER),
        ("--type", "--remove", *_UPDATE),
        _CHANGE_CODES,
    ),
    Command(
        "analyse",
        "[FILE ...] [options]",
        "Extracts names, dates and quotes of texts, with no index.",
        "explorer analyse *.txt --format jsonl",
        "analysing:analyse",
        (("FILE", "a document; - is standard input, also when no FILE is given"),),
        ("--lines", "--names", "--format"),
        _DONE_CODES,
    ),
    Command(
        "status",
        "[FOLDER] [options]",
        "What is indexed, where, how big, and what could not be read, and why.",
        "explorer status ~/articles --format json",
        "keeping:status",
        (_FOLDER,),
        ("--format", *_UPDATE),
        _DONE_CODES,
    ),
    Command(
        "forget",
        "[FOLDER]",
        "Removes everything that is kept about a folder; the folder itself is not touched.",
        "explorer forget ~/articles",
        "keeping:forget",
        (_FOLDER,),
        more="exit code: 0 removed, 1 nothing was kept, 2 an error",
    ),
    Command(
        "demo",
        "[options]",
        "The app on the documents that ship inside the package.",
        "explorer demo --query 'by:lanyon january'",
        "opening:demo",
        (),
        ("--query", "--fresh"),
    ),
    Command(
        "keys",
        "[options]",
        "Every key of the app and what it does.",
        "explorer keys --format md",
        "keys:keys",
        (),
        ("--format",),
    ),
    Command(
        "completion",
        "bash|zsh|fish",
        "Prints the completion of a shell.",
        'eval "$(explorer completion bash)"',
        "completion:completion",
        (("SHELL", "bash, zsh or fish"),),
        more="to keep it: explorer completion fish > ~/.config/fish/completions/explorer.fish",
    ),
)

NAMES: tuple[str, ...] = tuple(command.name for command in COMMANDS)


def _overview() -> str:
    width = max(len(name) for name in NAMES)
    rows = (f"  {command.name:{width}}  {command.about}" for command in COMMANDS)
    return "\n".join(("commands (explorer COMMAND -h tells more, explorer search -h how to write a query):", *rows))


APP = Command(
    "",
    "[FOLDER | FILE | COMMAND] [options]",
    "Opens a folder of documents in the app: search it, read it, see who and what it names and who said what.",
    "explorer ~/articles --query 'ferry by:verrall'",
    "opening:app",
    (
        ("FOLDER", "the folder to open; left out: the start screen; ./search is a folder of a command's name"),
        ("FILE", "opens the folder a document is in, at that document"),
    ),
    ("--query", "--fresh", "--engine", "--names", "--version"),
    _overview(),
)
