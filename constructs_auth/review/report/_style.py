"""The style of the HTML page: the system's own fonts, light or dark as the reader has it."""

STYLE = """
:root { color-scheme: light dark; --line: #d1d9e0; --soft: #f6f8fa; --dim: #59636e;
  --text: #1f2328; --page: #ffffff; --bad: #cf222e; --warn: #9a6700; --good: #1a7f37;
  --bad-soft: #ffebe9; --warn-soft: #fff8c5; --good-soft: #dafbe1; }
@media (prefers-color-scheme: dark) {
  :root { --line: #3d444d; --soft: #151b23; --dim: #9198a1; --text: #f0f6fc; --page: #0d1117;
    --bad: #ff7b72; --warn: #e3b341; --good: #3fb950; --bad-soft: #3c1618; --warn-soft: #34280b;
    --good-soft: #12261e; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text);
  font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 70rem; margin: 0 auto; padding: 1.5rem; }
h1 { font-size: 1.5rem; margin: 0 0 1rem; }
h2 { font-size: 1.15rem; margin: 2rem 0 .75rem; border-bottom: 1px solid var(--line); }
h3 { font-size: 1rem; margin: 0 0 .5rem; }
p { margin: .5rem 0; }
code { font: .875em ui-monospace, monospace; background: var(--soft); padding: .1em .3em;
  border-radius: 4px; overflow-wrap: break-word; }
.review + .review { margin-top: 4rem; }
.verdict { padding: 1rem; border-radius: 6px; font-weight: 600; border-left: 6px solid var(--good);
  background: var(--good-soft); overflow-wrap: break-word; }
.verdict.error, .verdict.critical, .verdict.high { border-color: var(--bad);
  background: var(--bad-soft); }
.verdict.medium, .verdict.warning, .verdict.low, .verdict.info { border-color: var(--warn);
  background: var(--warn-soft); }
.finding { border: 1px solid var(--line); border-left: 6px solid var(--warn); border-radius: 6px;
  padding: .75rem 1rem; margin: .75rem 0; overflow-wrap: break-word; }
.finding.error, .finding.critical, .finding.high { border-left-color: var(--bad); }
.facts, footer { color: var(--dim); font-size: .875rem; }
.effect { font-weight: 600; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .875rem; margin: .5rem 0; }
th, td { border: 1px solid var(--line); padding: .35rem .6rem; text-align: left;
  vertical-align: top; }
th { background: var(--soft); }
td, td code { overflow-wrap: break-word; }
summary { cursor: pointer; }
.change { margin: .4rem 0; }
.action { display: inline-block; min-width: 4.5rem; font-weight: 600; }
.action.delete, .action.replace, del { color: var(--bad); }
.action.update, .action.forget, .mark { color: var(--warn); }
.action.create, ins { color: var(--good); }
.mark { font-size: .8rem; }
footer { margin-top: 1rem; }
"""
