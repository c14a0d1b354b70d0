/** Texts that attack whoever shows them: markup, scripts, terminal escapes, spreadsheet formulas, direction overrides. */

/** Markup that would run a script or load something if it were not escaped. Each sets or calls `attack`. */
export const MARKUP: readonly string[] = [
  '<script>attack=1</script>',
  '</title><script>attack=1</script>',
  '</style><script>attack=1</script>',
  '</svg><script>attack=1</script>',
  '</table></section><script>attack=1</script>',
  '--><script>attack=1</script><!--',
  ']]><script>attack=1</script>',
  '<img src=x onerror=attack=1>',
  '<svg onload=attack=1>',
  '<svg><animate onbegin=attack=1 attributeName=x dur=1s>',
  '<iframe src="javascript:attack=1"></iframe>',
  '<a href="javascript:attack=1">AAPL</a>',
  '<details open ontoggle=attack=1>',
  '<math><mtext><table><mglyph><style><img src=x onerror=attack=1>',
  '<base href="//example.invalid/">',
  '<meta http-equiv="refresh" content="0;url=//example.invalid/">',
  '<link rel="stylesheet" href="//example.invalid/a.css">',
  '<form action="//example.invalid/"><button autofocus onfocus=attack=1>',
  '"><script>attack=1</script>',
  "'><script>attack=1</script>",
  '" onmouseover="attack=1" x="',
  "' autofocus onfocus='attack=1' x='",
  '` onmouseover=attack=1 `',
  '&lt;script&gt;attack=1&lt;/script&gt;',
  '&#60;script&#62;attack=1',
  '$' + '{attack=1}',
  '{{attack=1}}',
  'javascript:attack=1',
  '\u2028attack=1\u2029',
  '\u202egnirts desrever\u202c',
  '\u2066\u2067isolates\u2069\u2069',
  '\u0000null\u0001\u001b[31mred\u001b[0m',
  '\ud800half',
  '*/}</style><script>attack=1</script>/*',
  'url(//example.invalid/x)',
];

/** Names that a terminal would obey. */
export const TERMINAL: readonly string[] = [
  '\u001b[31mred\u001b[0m',
  '\u001b[2J\u001b[Hcleared',
  '\u001b]0;title\u0007shown',
  '\u001b]8;;file:///etc\u001b\\link\u001b]8;;\u001b\\',
  '\u009b31mred',
  '\u001bPq#0\u001b\\sixel',
  '\u001bcreset',
  'bell\u0007 back\u0008space',
  'line\r\nbreak',
  '\u202eright to left',
];

/** Cells that a spreadsheet would calculate. */
export const FORMULAS: readonly string[] = [
  '=1+1',
  '=HYPERLINK("a","b")',
  "=cmd|' /C calc'!A0",
  '+1+1',
  '-1+1',
  '@SUM(A1)',
  '\t=1+1',
  '\r=1+1',
  '=1,"x"\n2',
];
