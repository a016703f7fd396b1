using System.CommandLine;
using System.Globalization;
using Microsoft.ML.MobileNetV2.Tool.Commands;

namespace Microsoft.ML.MobileNetV2.Tool.Tests;

/// <summary>A number on the command line means the same in every culture.</summary>
[TestClass]
public sealed class NumberTests
{
    [TestMethod]
    [DataRow("clean photos --similarity 0.9", "--similarity", 0.9f)]
    [DataRow("info --width 0.35", "--width", 0.35f)]
    [DataRow("evaluate m.zip photos --threshold 0.5", "--threshold", 0.5f)]
    [DataRow("train photos --model m.zip --validation-fraction 0.25", "--validation-fraction", 0.25)]
    [DataRow("compare photos --validation-fraction 0.25", "--validation-fraction", 0.25)]
    public void Number_WithAPoint_IsReadInEveryCulture(string line, string option, object expected)
    {
        foreach (string culture in new[] { "de-DE", "fa-IR", "en-US" })
        {
            ParseResult parsed = Parse(line, culture);

            Assert.IsEmpty(parsed.Errors, culture);
            Assert.AreEqual(expected, parsed.GetValue<object>(option), culture);
        }
    }

    [TestMethod]
    [DataRow("0,9", "--similarity is '0,9'; expected a number such as 0.5.")]
    [DataRow("much", "--similarity is 'much'; expected a number such as 0.5.")]
    public void Number_WithACommaOrInWords_IsRefused(string number, string message) =>
        Assert.AreSequenceEqual([message], Parse($"clean photos --similarity {number}", "de-DE").Errors.Select(error => error.Message));

    private static ParseResult Parse(string line, string culture)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        try
        {
            return ToolRoot.Create().Parse(line);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
