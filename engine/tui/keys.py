"""Every key of the app: its id, its keys and its words, in one place."""

from dataclasses import dataclass

from textual.binding import Binding

from sims.text import Text


@dataclass(frozen=True, slots=True)
class Key:
    """A key as it is bound and as it is shown.

    ``keys`` are Textual key names, the first one shown as ``shown``; ``action`` is the screen's action.
    """

    action: str
    keys: str
    shown: str
    words: Text

    def binding(self, priority: bool = False) -> Binding:
        """The binding, with the action as its id, so that it can be remapped."""
        name = self.action.replace("(", "-").replace(")", "").replace("'", "").replace(".", "-").replace(" ", "")
        return Binding(self.keys, self.action, self.words.en, show=False, priority=priority, id=name)


ANSWER = Key("go", "enter", "Enter", Text("答える", "answer"))
PICK = Key("go", "enter", "1–4", Text("選んで答える", "answer"))
NEXT = Key("go", "enter", "Enter", Text("次へ", "next"))
AGAIN = Key("go", "enter", "Enter", Text("もう一度", "try again"))
CONFIRM = Key("go", "enter", "Enter", Text("これで確定", "confirm"))
HINT = Key("hint", "f2", "F2", Text("ヒント", "hint"))
GIVE_UP = Key("give_up", "f3", "F3", Text("わからない", "don't know"))
SKIP = Key("skip", "f4", "F4", Text("あとで", "later"))
STOP = Key("stop", "escape", "Esc", Text("中断", "stop"))
BACK = Key("back", "escape", "Esc", Text("戻る", "back"))
LOOK = Key("look", "s,ｓ", "s", Text("のぞく", "look inside"))
UNDO = Key("undo", "u,ｕ", "u", Text("取り消す", "undo"))
UNSURE = Key("unsure", "m,ｍ", "m", Text("迷った", "unsure"))
TICK = Key("", "", "1–9", Text("直す", "change"))
HELP = Key("help", "f1", "F1", Text("ヘルプ", "help"))
HELP_LETTER = Key("help", "question_mark,？,f1", "?", HELP.words)
HOW_TO = Key("help", "f1", "F1", Text("書き方", "how to write"))
START = Key("start", "enter", "Enter", Text("はじめる", "start"))
OPEN_ITEM = Key("start", "enter", "Enter", Text("開く", "open"))
CHOOSE = Key("", "", "↑↓", Text("選ぶ", "choose"))
QUIT = Key("app.quit", "q,ｑ", "q", Text("終了", "quit"))
LANGUAGE = Key("app.switch_language", "l,ｌ", "l", Text("English", "日本語"))
COLOURS = Key("app.switch_theme", "c,ｃ", "c", Text("配色", "colours"))
DRILL = Key("drill", "d,ｄ", "d", Text("ドリル", "Drill"))
LAB = Key("lab", "s,ｓ", "s", Text("シミュレーション", "Simulations"))
PAUSE = Key("pause", "space", "Space", Text("止める", "pause"))
PLAY = Key("pause", "space", "Space", Text("再生", "play"))
STEP = Key("", "", "← →", Text("コマ送り", "step"))
CHANGE = Key("", "", "Tab +−", Text("条件", "change"))
FULL = Key("full_size", "z,ｚ", "z", Text("大きく", "enlarge"))
COMPARE = Key("compare", "v,ｖ", "v", Text("並べる", "compare"))
PRACTISE = Key("practise", "d,ｄ", "d", Text("この問題を解く", "questions on this"))
ZOOM = Key("", "", "+ −", Text("拡大・縮小", "zoom"))
PAN = Key("", "", "← → ↑ ↓", Text("動かす", "move"))
WHOLE = Key("", "", "r", Text("全体", "all of it"))
RESTART = Key("restart", "r,ｒ", "r", Text("最初から", "restart"))
NEXT_QUESTION = Key("next", "enter", "Enter", Text("次の問題", "next"))
OPEN = Key("open", "enter", "Enter", Text("のぞく", "look inside"))
MARK = Key("take", "space", "Space", Text("選ぶ・外す", "take or leave"))
ALL = Key("all", "a,ａ", "a", Text("全部", "all"))
ORDER = Key("order", "o,ｏ", "o", Text("順番", "order"))
HOME = Key("back", "escape", "Esc", Text("ホーム", "home"))
FINISH = Key("back", "enter", "Enter", Text("ホームへ", "home"))
EXAM = Key("exam", "e,ｅ", "e", Text("模擬試験", "Mock exam"))
DIGITS = Key("", "", "1–4", Text("選ぶ", "choose"))
TAKE = Key("go", "enter", "Enter", Text("決めて次へ", "take and go on"))
FLAG = Key("flag", "f,ｆ", "f", Text("印", "flag"))
OVERVIEW = Key("overview", "o,ｏ", "o", Text("一覧", "overview"))
BACK_AND_FORTH = Key("", "", "← →", Text("前後", "back, forth"))
LEAVE = Key("back", "escape", "Esc", Text("中断", "leave"))
GO_THERE = Key("go", "enter", "Enter", Text("この問題へ", "go there"))
HAND_IN = Key("hand_in", "e,ｅ", "e", Text("提出", "hand in"))
ANEW = Key("anew", "x,ｘ", "x", Text("新しく始める", "start anew"))
LAST_REPORT = Key("report", "r,ｒ", "r", Text("前回の結果", "last report"))
SEE = Key("go", "enter", "Enter", Text("問題を見る", "see the question"))
