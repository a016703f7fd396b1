using System.Globalization;

namespace Microsoft.ML.MobileNetV2.Tests.Classification;

/// <summary>The score of a class, for display.</summary>
[TestClass]
public sealed class ClassScoreTests
{
    [TestMethod]
    [DataRow("de-DE")]
    [DataRow("fa-IR")]
    public void ToString_InAnyCulture_HasNameAndScore(string culture)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        string text = new ClassScore("dent", 0.98851f).ToString();
        CultureInfo.CurrentCulture = before;

        Assert.AreEqual("dent (0.989)", text);
    }
}
