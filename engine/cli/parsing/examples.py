"""An example or two of each command, as typed at a shell."""

from sims.text import Language, Text

# What is typed, and what it does. Tests read every one of them with the parser.
EXAMPLES: dict[str, tuple[tuple[str, Text], ...]] = {
    "drill": (
        ("peephole drill convolution -n 5", Text("畳み込みを 5 問", "five questions on convolution")),
        ("peephole drill --mistakes --plain", Text("まちがえた問題を 1 行ずつ", "past mistakes, line by line")),
    ),
    "exam": (
        ("peephole exam", Text("本番と同じ配分で", "at the pace of the real one")),
        ("peephole exam -n 20 --minutes 25", Text("20 問を 25 分で", "20 questions in 25 minutes")),
    ),
    "plan": (
        (
            "peephole plan --exam 2027-02-19 --minutes 30",
            Text("試験日と 1 日の分数を決める", "set day and daily minutes"),
        ),
        ("peephole plan", Text("計画と見込みを見る", "see the plan and the forecast")),
    ),
    "stats": (("peephole stats", Text("弱い順に", "weakest topics first")),),
    "sim": (
        ("peephole sim", Text("一覧", "the list")),
        ("peephole sim convolution --set size=6 --set padding=0", Text("条件を変えて", "with other settings")),
    ),
    "questions": (("peephole questions lstm --seed 3", Text("LSTM の問題を別の数値で", "LSTM, with other numbers")),),
    "grade": (
        ("peephole grade < answers.jsonl", Text('{"question": ID, "answer": 答え} を 1 行に 1 つ', "one a line")),
    ),
    "explain": (
        (
            "peephole explain conv-output-size --answer 2x2",
            Text("どう読み、なぜ誤りか", "how it is read, why it is wrong"),
        ),
    ),
    "export": (
        ("peephole export anki peephole.apkg", Text("Anki のカードに", "cards for Anki")),
        ("peephole export json backup.json", Text("記録を丸ごと", "the whole history")),
    ),
    "import": (("peephole import backup.json", Text("書き出した記録を戻す", "read it back")),),
    "merge": (("peephole merge /media/usb/history.sqlite3", Text("ほかの機械の記録と合わせる", "join two histories")),),
    "new": (("peephole new my-topic", Text("my-topic.yaml を書きはじめる", "begin my-topic.yaml")),),
    "preview": (("peephole preview my-topic.yaml", Text("書きながら見る", "see it as you write")),),
    "check": (("peephole check my-topic.yaml --prove", Text("誤りを探し、正解を証明する", "find faults, prove keys")),),
    "schema": (("peephole schema > schema.json", Text("エディタの補完に", "for completion in an editor")),),
    "doctor": (
        ("peephole doctor", Text("表示がおかしいときに", "when something looks wrong")),
        ("peephole doctor --keys", Text("変えられるキーの名前", "names of keys to remap")),
    ),
    "serve": (("peephole serve --port 8080", Text("http://127.0.0.1:8080 を開く", "then open http://127.0.0.1:8080")),),
    "completion": (
        ("peephole completion bash > ~/.local/share/bash-completion/completions/peephole", Text("bash", "bash")),
        ("peephole completion zsh > ~/.zfunc/_peephole", Text("zsh（fpath にある場所へ）", "zsh (a folder in fpath)")),
        ("peephole completion fish > ~/.config/fish/completions/peephole.fish", Text("fish", "fish")),
    ),
}
NOTES: dict[str, Text] = {
    "completion": Text(
        "単元、シミュレーション、問題の名前は書き出したときのものです。問題を足したら書き出し直してください。",
        "Names of topics, simulations and questions are those of the moment; print it again after adding banks.",
    ),
    "serve": Text(
        "ページごとに 1 つのプロセスが動き、記録は 1 つを安全に共有します。パスワードはありません。",
        "Each page has a process of its own; all share one history safely. There is no password.",
    ),
    "doctor": Text(
        "何も作らず、何も変えません。問題が見つかれば終了コードは 1 です。",
        "Makes and changes nothing. The exit code is 1 if a problem is found.",
    ),
}
HEADING = Text("例", "examples")


def epilog(command: str, language: Language) -> str:
    """The end of a command's help: its examples, each with a comment, and a note where there is something to know."""
    lines = [f"{HEADING.get(language)}:"]
    for typed, about in EXAMPLES.get(command, ()):
        lines += [f"  {typed}", f"      # {about.get(language)}"]
    if command in NOTES:
        lines += ["", NOTES[command].get(language)]
    return "\n".join(lines) if len(lines) > 1 else ""
