"""Every key of the app: its id, its keys and its words, in one place."""

import string
from collections.abc import Iterable, Mapping

import msgspec
from textual.binding import Binding

from sims.text import Text

# How Textual's names are written for people.
WRITTEN = {
    "enter": "Enter",
    "escape": "Esc",
    "space": "Space",
    "tab": "Tab",
    "backspace": "⌫",
    "delete": "Del",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "question_mark": "?",
    "plus": "+",
    "minus": "−",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "comma": ",",
    "underscore": "_",
    "full_stop": ".",
    "pagedown": "PgDn",
    "pageup": "PgUp",
}
LAST_NARROW = 0x2FFF
_PLAIN = frozenset(string.ascii_letters + string.digits)
BY_DIGIT = Text("数字で選ぶ", "choose by its digit")


class Key(msgspec.Struct, frozen=True):
    """A key as it is bound and as it is shown.

    ``keys`` are Textual key names, with commas between; the first one is shown, unless ``label`` says otherwise.
    ``action`` is the screen's action. A learner remaps it by its ``name``: one name means the same on every screen.
    """

    action: str
    keys: str
    words: Text
    id: str = ""
    label: str = ""

    @property
    def name(self) -> str:
        """The id under which the settings know it."""
        return self.id or self.action.removeprefix("app.").replace("_", "-")

    def saying(self, words: Text) -> "Key":
        """The same key where it is called otherwise."""
        return msgspec.structs.replace(self, words=words)

    def binding(self, action: str = "", priority: bool = False) -> Binding:
        """The binding; ``action`` where a screen means something of its own by the same key."""
        return _binding(self.keys, action or self.action, self.words, self.name, priority)


def with_twins(keys: str) -> str:
    """``keys`` and the full-width twin of each letter and digit, which comes while an input method is on."""
    names = [name.strip() for name in keys.split(",")]
    return ",".join(f"{name},{chr(ord(name) + 0xFEE0)}" if name in _PLAIN else name for name in names)


def is_wide(character: str | None) -> bool:
    """Whether ``character`` is what an input method sends where a letter or a digit is meant."""
    return character is not None and ord(character) > LAST_NARROW


def written(key: str) -> str:
    """One key as people write it: ``F2``, ``Esc``, ``^p``, ``s``."""
    if key in WRITTEN:
        return WRITTEN[key]
    for prefix, mark in (("ctrl+", "^"), ("shift+", "⇧")):
        if key.startswith(prefix):
            return mark + written(key.removeprefix(prefix))
    return key.upper() if len(key) > 1 and key[0] == "f" and key[1:].isdigit() else key


def shown(key: Key, keymap: Mapping[str, str]) -> str:
    """What stands on the screen for ``key``: the learner's own first key, or its usual one."""
    own = keymap.get(key.name) if key.action else None
    return written((own or key.keys).split(",")[0].strip()) if own or not key.label else key.label


def digits(action: str, last: int = 9) -> Iterable[Binding]:
    """Bindings of the digits 1 to ``last``; ``{digit}`` in ``action`` is the digit."""
    for digit in range(1, last + 1):
        yield _binding(str(digit), action.format(digit=digit), BY_DIGIT, f"digit-{digit}")


def pick(options: int) -> Key:
    """The digits that answer one of so many options."""
    return Key("go", "enter", Text("選んで答える", "answer"), label=f"1–{options}")


def _binding(keys: str, action: str, words: Text, name: str, priority: bool = False) -> Binding:
    # Textual has one description a binding: the other language goes where it keeps longer words.
    return Binding(with_twins(keys), action, words.en, show=False, priority=priority, tooltip=words.ja, id=name)


def _shown(label: str, words: Text) -> Key:
    """Keys that are bound one by one elsewhere, under one word in the bar."""
    return Key("", "", words, label=label)


INTERRUPT = Key("app.quit", "ctrl+c", Text("終了", "quit"), "interrupt")
SWITCH = Key("app.switch_language", "ctrl+l", Text("English", "日本語"), "language")
PALETTE = Key("app.command_palette", "ctrl+p", Text("すべての操作をさがす", "find any command"), "palette")
DOWN = Key("move(1)", "down,j", Text("下へ", "down"), "down")
UP = Key("move(-1)", "up,k", Text("上へ", "up"), "up")
GO = Key("go", "enter", Text("進む", "go on"))
CLOSE = Key("back", "enter,q,question_mark,？,f1", Text("閉じる", "close"), "close")
ANSWER = GO.saying(Text("答える", "answer"))
NEXT = GO.saying(Text("次へ", "next"))
AGAIN = GO.saying(Text("もう一度", "try again"))
CONFIRM = GO.saying(Text("これで確定", "confirm"))
HINT = Key("hint", "f2,h", Text("ヒント", "hint"))
GIVE_UP = Key("give_up", "f3,0", Text("わからない", "don't know"))
SKIP = Key("skip", "f4", Text("あとで", "later"))
STOP = Key("stop", "escape", Text("中断", "stop"))
BACK = Key("back", "escape", Text("戻る", "back"))
LOOK = Key("look", "s", Text("のぞく", "look inside"))
UNDO = Key("undo", "u", Text("取り消す", "undo"))
UNSURE = Key("unsure", "m", Text("迷った", "unsure"))
TICK = _shown("1–9", Text("直す", "change"))
HELP = Key("help", "f1,question_mark,？", Text("ヘルプ", "help"))
HELP_LETTER = Key("help", "question_mark,？,f1", HELP.words)
HOW_TO = HELP.saying(Text("書き方", "how to write"))
START = Key("start", "enter", Text("はじめる", "start"))
OPEN_ITEM = START.saying(Text("開く", "open"))
CHOOSE = _shown("↑↓", Text("選ぶ", "choose"))
QUIT = Key("app.quit", "q", Text("終了", "quit"))
LANGUAGE = Key("app.switch_language", "l", Text("English", "日本語"))
COLOURS = Key("app.switch_theme", "c", Text("配色", "colours"))
DRILL = Key("drill", "d", Text("ドリル", "Drill"))
LAB = Key("lab", "s", Text("シミュレーション", "Simulations"))
PAUSE = Key("pause", "space", Text("止める", "pause"))
PLAY = PAUSE.saying(Text("再生", "play"))
STEP = _shown("← →", Text("コマ送り", "step"))
CHANGE = _shown("Tab +−", Text("条件", "change"))
FULL = Key("full_size", "z", Text("大きく", "enlarge"))
COMPARE = Key("compare", "v", Text("並べる", "compare"))
PRACTISE = Key("practise", "d", Text("関連する問題を解く", "questions on this"))
ZOOM = _shown("+ −", Text("拡大・縮小", "zoom"))
PAN = _shown("← → ↑ ↓", Text("動かす", "move"))
WHOLE = _shown("r", Text("全体", "all of it"))
RESTART = Key("restart", "r", Text("最初から", "restart"))
NEXT_QUESTION = Key("next", "enter", Text("次の問題", "next"))
RETRY = Key("retry", "enter", Text("もう一度", "again"))
OPEN = Key("open", "enter", Text("のぞく", "look inside"))
MARK = Key("take", "space", Text("選ぶ・外す", "take or leave"))
ALL = Key("all", "a", Text("全部", "all"))
ORDER = Key("order", "o", Text("順番", "order"))
HOME = BACK.saying(Text("ホーム", "home"))
FINISH = Key("back", "enter", Text("ホームへ", "home"), "finish")
EXAM = Key("exam", "e", Text("模擬試験", "Mock exam"))
DIGITS = _shown("1–4", Text("選ぶ", "choose"))
TAKE = GO.saying(Text("決めて次へ", "take and go on"))
FLAG = Key("flag", "f", Text("印", "flag"))
OVERVIEW = Key("overview", "o", Text("一覧", "overview"))
BACK_AND_FORTH = _shown("← →", Text("前後", "back, forth"))
LEAVE = BACK.saying(Text("中断", "leave"))
GO_THERE = GO.saying(Text("この問題へ", "go there"))
HAND_IN = Key("hand_in", "e", Text("提出", "hand in"))
ANEW = Key("anew", "x", Text("新しく始める", "start anew"))
LAST_REPORT = Key("report", "r", Text("前回の結果", "last report"))
SEE = GO.saying(Text("問題を見る", "see the question"))
STEP_BACK = Key("step(-1)", "left", Text("1 コマ戻る", "one frame back"), "step-back")
STEP_ON = Key("step(1)", "right", Text("1 コマ進む", "one frame on"), "step-on")
NEXT_SETTING = Key("choose(1)", "tab", Text("次の条件", "next setting"), "next-setting")
LAST_SETTING = Key("choose(-1)", "shift+tab", Text("前の条件", "previous setting"), "previous-setting")
MORE = Key("change(1)", "plus,＋,=", Text("増やす", "more"), "more")
LESS = Key("change(-1)", "minus,－,ー,underscore", Text("減らす", "less"), "less")
SLOWER = Key("pace(0.5)", "less_than_sign,comma,＜", Text("ゆっくり", "slower"), "slower")
FASTER = Key("pace(2)", "greater_than_sign,full_stop,＞", Text("速く", "faster"), "faster")
ORDER_BACK = Key("order(-1)", "left", Text("前の順番", "previous order"), "order-back")
ORDER_ON = Key("order(1)", "right", Text("次の順番", "next order"), "order-on")
ZOOM_IN = Key("zoom('in')", "plus,＋,=", Text("拡大", "zoom in"), "more")
ZOOM_OUT = Key("zoom('out')", "minus,－,ー", Text("縮小", "zoom out"), "less")
SHRINK = Key("back", "enter,z", Text("元の大きさ", "back to size"), "shrink", label="z")
NO_ANSWER = Key("clear", "backspace,0", Text("答えを消す", "no answer"), "clear", label="0")
TURN_ON = Key("turn(1)", "right,n", Text("次の問題", "next question"), "turn-on")
TURN_BACK = Key("turn(-1)", "left,p", Text("前の問題", "previous question"), "turn-back")
RIGHT = Key("move(1)", "right,l", Text("右へ", "right"), "right")
LEFT = Key("move(-1)", "left,h", Text("左へ", "left"), "left")
CLOSE_OVERVIEW = Key("back", "o", Text("閉じる", "close"), "overview")
PLAN = Key("plan", "p", Text("計画", "Plan"))
EXAM_DAY = Key("exam_day", "e,x", Text("試験日", "exam day"))
SET_EXAM_DAY = START.saying(Text("試験日を決める", "set the exam day"))
MINUTES = _shown("+ −", Text("1 日の分数", "minutes a day"))
MORE_MINUTES = Key("minutes(1)", "plus,＋,=", Text("5 分増やす", "5 min more"), "more")
FEWER_MINUTES = Key("minutes(-1)", "minus,－,ー,underscore", Text("5 分減らす", "5 min less"), "less")
SAVE = START.saying(Text("決める", "set"))
CANCEL = BACK.saying(Text("やめる", "cancel"))
NEXT_IN_FILE = Key("skip", "f4", Text("次の問題", "next question"), "skip")
OTHER_VALUES = Key("values", "f6", Text("別の値", "other values"))
CLOSE_PREVIEW = Key("stop", "escape", Text("閉じる", "close"), "stop")
SETTINGS = Key("settings", "o", Text("設定", "Settings"))
VALUE_ON = Key("value(1)", "right,enter,space,l", Text("次の値", "next value"), "value-on")
VALUE_BACK = Key("value(-1)", "left,h", Text("前の値", "previous value"), "value-back")
CHANGE_VALUE = Key("value(1)", "enter", Text("変える", "change"), "value-on", label="← →")
STATS = Key("stats", "t", Text("統計", "Statistics"))
PAGE_DOWN = Key("page(1)", "pagedown,space", Text("1 画面下へ", "a page down"), "page-down")
PAGE_UP = Key("page(-1)", "pageup", Text("1 画面上へ", "a page up"), "page-up")
DRILL_THIS = START.saying(Text("この単元を解く", "drill this topic"))
GUESSED = Key("guessed", "g", Text("あてずっぽう", "I guessed"))
NOT_GUESSED = GUESSED.saying(Text("わかっていた", "I did know"))
SAY_SURE = Key("sure", "f5", Text("自信", "sure?"))
IS_SURE = SAY_SURE.saying(Text("自信あり", "sure"))
IS_UNSURE = SAY_SURE.saying(Text("自信なし", "unsure"))
