"""Just enough of Rust's grammar for tidy.py: what is code, what is comment, what is text in quotes."""

import re

TOKEN = re.compile(
    r"""
    (?P<line>//[^\n]*)
    | (?P<block>/\*)
    | (?P<raw>\b(?:b|c)?r(?P<hashes>\#*)")
    | (?P<string>(?:\b[bc])?"(?:[^"\\]|\\.)*")
    | (?P<character>(?:\bb)?'(?:[^'\\\n]|\\(?:u\{[0-9a-fA-F_]*\}|x..|.))')
    """,
    re.VERBOSE | re.DOTALL,
)


def blank(text):
    """As long and on as many lines, with nothing in it."""
    return re.sub(r"[^\n]", " ", text)


class Source:
    """A Rust file. `code` is the text with comments and the insides of literals blanked; lines stay where they are."""

    def __init__(self, text):
        self.text = text
        self._strings = []
        self.code = self._mask()
        self._tests = None

    def _mask(self):
        parts, position = [], 0
        while token := TOKEN.search(self.text, position):
            start, end = token.span()
            if token["block"]:
                end = self._end_of_comment(start)
            elif token["raw"]:
                closing = self.text.find('"' + token["hashes"], end)
                end = len(self.text) if closing < 0 else closing + 1 + len(token["hashes"])
            inside = self.text[start:end]
            if token["raw"] or token["string"]:
                self._strings.append((start, inside))
            parts += [self.text[position:start], blank(inside)]
            position = end
        return "".join(parts) + self.text[position:]

    def _end_of_comment(self, start):
        """Comments nest."""
        depth = 0
        for mark in re.finditer(r"/\*|\*/", self.text[start:]):
            depth += 1 if mark.group() == "/*" else -1
            if depth == 0:
                return start + mark.end()
        return len(self.text)

    def strings(self):
        """(line, literal) of each text in quotes that is not blanked."""
        for start, literal in self._strings:
            yield self.text.count("\n", 0, start) + 1, literal

    def without_tests(self):
        """The same with every `#[cfg(test)]` item blanked."""
        if self._tests is None:
            text = self.text
            for mark in re.finditer(r"#\[cfg\(test\)\]", self.code):
                end = self._end_of_item(mark.end())
                text = text[: mark.start()] + blank(text[mark.start() : end]) + text[end:]
            self._tests = Source(text)
        return self._tests

    def _end_of_item(self, start):
        depth = 0
        for mark in re.finditer(r"[{};]", self.code[start:]):
            depth += {"{": 1, "}": -1, ";": 0}[mark.group()]
            if depth == 0:
                return start + mark.end()
        return len(self.code)

    def functions(self):
        """(name, line, lines) of each function with a body, from its `fn` to its closing brace."""
        for found in re.finditer(r"\bfn\s+(\w+)", self.code):
            brackets = 0
            for mark in re.finditer(r"[\[\](){;]", self.code[found.end() :]):
                brackets += {"[": 1, "(": 1, "]": -1, ")": -1}.get(mark.group(), 0)
                if mark.group() in "{;" and brackets == 0:
                    break
            else:
                continue
            if mark.group() == "{":
                end = self._end_of_item(found.end() + mark.start())
                line = self.code.count("\n", 0, found.start()) + 1
                yield found.group(1), line, self.code.count("\n", found.start(), end) + 1
