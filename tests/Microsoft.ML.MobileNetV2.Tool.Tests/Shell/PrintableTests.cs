using Microsoft.ML.MobileNetV2.Tool.Shell;

namespace Microsoft.ML.MobileNetV2.Tool.Tests.Shell;

[TestClass]
public sealed class PrintableTests
{
    [TestMethod]
    [DataRow("größe 大小\tnext\nline", "größe 大小\tnext\nline")]
    [DataRow("red\u001b[31m.png", "red\uFFFD[31m.png", DisplayName = "an escape sequence in the name of a file")]
    public void Of_ReplacesControlCharacters(string text, string expected) => Assert.AreEqual(expected, Printable.Of(text));

    [TestMethod]
    [DataRow("größe 大小.png", "größe 大小.png")]
    [DataRow("a\tb\r\nc\u0085.png", "a\uFFFDb\uFFFD\uFFFDc\uFFFD.png", DisplayName = "tabs and line breaks in the name of a file")]
    public void LineOf_ReplacesTabsAndLineBreaksToo(string text, string expected) => Assert.AreEqual(expected, Printable.LineOf(text));
}
