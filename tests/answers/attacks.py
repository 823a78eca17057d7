"""Texts that are no answer to anything: program text, format strings, absurd sizes, control characters."""

CODE = (
    "__import__('os').system('id')", "__builtins__['eval']", "().__class__.__bases__[0].__subclasses__()",
    "x.__class__.__mro__[1]", "g.__class__", "g.T.__class__", "g.__array_interface__",
    "g.__getattribute__('T')", "getattr(g, '__cl' + 'ass__')", "chr(95)*2", "np.__builtins__",
    "np.lib.npyio.os.system('id')", "np.load('/etc/passwd')", "np.fromfile('/etc/passwd')",
    "np.ctypeslib.ctypes", "g.tofile('/tmp/x')", "g.dump('x')", "np.save('x', g)", "eval('1')", "exec('1')",
    "compile('1', '', 'eval')", "open('/etc/passwd').read()", "open('x','w')", "globals()", "locals()",
    "vars()", "dir()", "breakpoint()", "input()", "exit()", "sys.exit()", "print(1)", "import os",
    "from os import system", "os.system('id')", "os.environ['HOME']", "subprocess.run(['id'])",
    "socket.socket()", "lambda: 0", "(lambda: 0)()", "[x for x in (1, 2)]", "{x: x for x in g}", "(y := 1)",
    "sympify('x')", "Integral.__init__", "＿＿ｉｍｐｏｒｔ＿＿（'os'）", "ｇ．＿＿ｃｌａｓｓ＿＿",
    "_＿class_＿", "︳︳class", "𝐞𝐯𝐚𝐥(g)", "ｅｖａｌ（g）", "ℯ𝓋𝒶𝓁(1)", "ﬁle.open()", "`id`", "$(id)",
    "; rm -rf /", "| cat /etc/passwd", "&& id", "../../etc/passwd", "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>", "' OR 1=1 --", "'; DROP TABLE answers; --",
    "!!python/object/apply:os.system ['id']", r"\input{/etc/passwd}", r"\write18{id}", r"\csname x\endcsname",
    "[bold red]x[/]", "[link=file:///etc/passwd]x[/link]", "@click=app.exit",
)  # fmt: skip
FORMATS = (
    "{0.__class__}", "{x.__class__.__init__.__globals__}", "{}", "{x!r}", "{:>99999999}", "%s%s%s%n", "%(x)s",
    "'%s' % g", "f'{g.__class__}'", "'{0.__class__}'.format(g)", "${jndi:ldap://x}", "#{g.x}", "<%= x %>",
    "{{g.__class__}}",
)  # fmt: skip
SIZES = (
    "9**9**9**9", "9^9^9^9", "2**30**5", "((9**9)**9999)**9999", "10**10**10", "2^(2^(2^(2^9)))", "x^x^x^x^x",
    "9999999!", "170!!!!!", "(10^9)!", "((((9!)!)!)!)", "1e999999999", "g**999999", "1000**1000**g",
    "np.power(10.0, 1e300)", "9" * 4301, "9" * 100_000, "(" * 100_000, "(" * 200 + "1" + ")" * 200,
    "[" * 60 + "1" + "]" * 60, "{" * 60 + "1" + "}" * 60, "|" * 99, "-" * 100_000 + "1", "-" * 200 + "1",
    "x**" * 3000 + "1", "1+" * 50_000 + "1", "^" * 500, "²" * 500, "√" * 200 + "2", "g" * 100_000,
    "あ" * 100_000, "①" * 100_000, " " * 100_000 + "あ1あ", "exp(" * 60 + "1" + ")" * 60,
    "exp(exp(exp(exp(x))))", "g.T" * 80, "g[0]" * 60, "g" + "[None]" * 60, "3," * 5000,
    "g.reshape(99999, 99999)", "np.concatenate([" + "g, " * 100 + "g])", r"\frac{1}{" * 40 + "2" + "}" * 40,
    "\n" * 100_000, "\u0301" * 200, "e" + "\u0301" * 230, "ﷺ" * 1000, "１" * 241,
)  # fmt: skip
CONTROLS = (
    "\x1b[2J", "\x1b]0;owned\x07", "\x1b[31m3x3\x1b[0m", "\x1bP+q\x1b\\", "3\x003", "\x9b31m3", "\x9d0;x\x9c",
    "3x3\u202e", "\u2066g*rate\u2069", "2(x+y)\x1b[A", "\ud800", "\udcff3", "1\U000e0041", "\x7f\x08\x081",
    "\u200f2", "1\x85", "2\ufffe", "\U0010ffff", "はい\x1b[2K", "重みが一律\x1b]52;c;eA==\x07",
)  # fmt: skip
ATTACKS = CODE + FORMATS + SIZES + CONTROLS
