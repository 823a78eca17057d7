"""A session line by line."""

import sys
from contextlib import suppress

from engine import words
from engine.bank.asked import Asked, CodeKey, SymbolicKey
from engine.cli.context import Context
from engine.cli.dialogue import WIDTH, Dialogue
from engine.drawing.plain import rows_to_text
from engine.drawing.rubric import draw_rubric
from engine.drawing.verdict import VerdictDrawing
from engine.drawing.width import cell_width, visible
from engine.grading.shown import solution
from engine.grading.verdict import Verdict
from engine.study.desk import Desk
from engine.study.look import look_at
from engine.study.session import Session
from sims.simulation import ParameterError
from sims.text import Text

COMMANDS = Text(
    "答えを書いて Enter。? ヒント、! わからない、> あとで、< 取り消す、* のぞく、q 終わる",
    "Type an answer and press Enter. ? hint, ! don't know, > later, < take back, * look inside, q stop",
)
NEXT = Text("Enter 次へ、< 取り消す、* のぞく、q 終わる", "Enter next, < take back, * look inside, q stop")
NEXT_OR_GUESSED = Text(
    "Enter 次へ、g あてずっぽうだった、< 取り消す、* のぞく、q 終わる",
    "Enter next, g I guessed, < take back, * look inside, q stop",
)
TICKS = Text(
    "直す点の番号、迷ったなら ~ も書いて Enter。そのまま Enter で確定。",
    "Type the numbers to change, and ~ if unsure, then Enter; Enter alone confirms.",
)


class PlainSession(Dialogue):
    """Asks on stdout, reads from stdin; the end of input ends the session, and what was answered is kept."""

    def __init__(self, context: Context, desk: Desk, session: Session) -> None:
        super().__init__(context)
        self.desk = desk
        self.session = session
        self.last = ""

    def run(self) -> int:
        """The whole session and its score. Raises HistoryError if answers could not be kept to the end."""
        self.say(COMMANDS)
        try:
            with suppress(EOFError):
                while not self.session.finished and self.turn():
                    pass
            self.result()
        finally:
            self.desk.close()
        return 0

    def turn(self) -> bool:
        """One question until it is answered or put off; False to stop."""
        asked = self.session.asked
        self.question(asked)
        while self.session.state == "asking":
            text = self.read(self.prompt(asked))
            match text.strip():
                case "q" if not self.is_answer(asked, "q"):
                    return False
                case "?":
                    self.hint()
                case "!":
                    self.show(asked, self.session.give_up(self.desk.clock()))
                case ">":
                    self.session.skip(self.desk.clock())
                    return True
                case "<":
                    if self.session.undo(self.desk.clock()) is not None:
                        self.say(words.TAKEN_BACK)
                        self.warn()
                        return True
                case "*":
                    self.look(asked, None)
                case _:
                    self.show(asked, self.session.answer(text, self.desk.clock()))
        if self.session.state == "confirming":
            self.confirm(asked)
        return self.session.state != "verdict" or self.go_on(asked)

    @staticmethod
    def is_answer(asked: Asked, name: str) -> bool:
        """Whether ``name`` alone could be an answer here, so that it is no command."""
        return isinstance(asked.key, SymbolicKey) and name in asked.key.variables

    def question(self, asked: Asked) -> None:
        """The question, its code and its options."""
        title = self.desk.topic_title(asked.topic).get(self.language)
        self.say(f"\n[{self.session.number} / {self.session.total}] {title}")
        self.prose(asked.ask)
        self.code(asked.code)
        for number, option in enumerate(asked.choices, 1):
            self.option(f"  {number}. ", option.text)

    def prompt(self, asked: Asked) -> str:
        """What stands before the answer."""
        match asked.key:
            case SymbolicKey(label=label) | CodeKey(label=label, typed=True):
                return f"{label} = "
            case _:
                return "> "

    def hint(self) -> None:
        """The next hint."""
        hint = self.session.hint()
        self.prose(hint or words.NO_HINT)

    def show(self, asked: Asked, verdict: Verdict) -> None:
        """A verdict; a caret under the place where reading stopped."""
        language = self.language
        if verdict.caret is not None and sys.stdout.isatty():
            typed = self.prompt(asked) + self.last[: verdict.caret.offset]
            self.say(" " * cell_width(visible(typed)) + "^ " + verdict.caret.note.get(language))
        drawing = VerdictDrawing(WIDTH, 3, language)
        if self.session.state == "confirming":
            rows = draw_rubric(drawing, asked, verdict, [tick.proposed for tick in verdict.ticks])
        else:
            rows = drawing.rows(asked, verdict, solution(asked) if verdict.is_attempt else None)
        self.say(rows_to_text(rows))
        self.warn()

    def warn(self) -> None:
        """Say what could not be kept, if anything."""
        if self.session.warning:
            self.context.warn(self.session.warning)

    def confirm(self, asked: Asked) -> None:
        """The learner's own ticks for an answer in words."""
        verdict = self.session.verdict
        ticks = [tick.proposed for tick in verdict.ticks] if verdict else []
        text = self.read(TICKS.get(self.language) + " ")
        for character in text:
            if character.isdecimal() and 1 <= int(character) <= len(ticks):
                ticks[int(character) - 1] ^= True
        verdict = self.session.confirm(ticks, self.desk.clock(), sure=False if "~" in text else None)
        outcome = words.OUTCOMES[verdict.outcome].get(self.language)
        self.say(f"{outcome}  {sum(ticks)} / {len(ticks)}")
        self.warn()

    def go_on(self, asked: Asked) -> bool:
        """Between two questions; False to stop."""
        right = self.session.verdict is not None and self.session.verdict.outcome == "correct"
        prompt = (NEXT_OR_GUESSED if right else NEXT).get(self.language)
        while True:
            match self.read(prompt + " ").strip():
                case "q":
                    return False
                case "g" | "ｇ" if right:
                    guessed = self.session.guessed(self.desk.clock())
                    self.say(words.GUESSED if guessed else words.KNOWN)
                    self.warn()
                case "<":
                    self.session.undo(self.desk.clock())
                    self.say(words.TAKEN_BACK)
                    self.warn()
                    return True
                case "*":
                    self.look(asked, self.session.verdict)
                case _:
                    self.session.next(self.desk.clock())
                    return True

    def look(self, asked: Asked, verdict: Verdict | None) -> None:
        """The simulation's last frame, its caption, and what it is honestly a picture of."""
        from engine.drawing.frame import draw_frame

        try:
            look = look_at(asked, verdict)
        except ParameterError as error:
            self.prose(error.text)
            return
        last = None
        for frame in look.simulation.run(look.values):
            last = frame
        if last is not None:
            self.say(rows_to_text(draw_frame(last, WIDTH, 16, self.language)))
            self.prose(last.caption)
        if look.nearest:
            self.prose(look.nearest)

    def result(self) -> None:
        """The score, by topic."""
        if not self.session.answered:
            return
        language = self.language
        result = self.desk.result(self.session)
        self.say("")
        self.say(words.right_of(result.score.right, result.score.total))
        for topic in result.topics:
            title = self.desk.topic_title(topic.topic).get(language)
            self.say(f"  {title}  {topic.score.right} / {topic.score.total}")

    def read(self, prompt: str) -> str:
        """A line, remembered for the caret under it."""
        self.last = super().read(prompt)
        return self.last
