using System.Globalization;

namespace Microsoft.ML.MobileNetV2.Tests.Conventions;

/// <summary>The suite also runs under a culture whose numbers look unlike the invariant ones; this keeps that run from being an empty one.</summary>
[TestClass]
public sealed class CultureTests
{
    private const string Variable = "MOBILENETV2_TEST_CULTURE";

    [TestMethod]
    public void CurrentCulture_IsTheOneThatIsAskedFor()
    {
        string expected = Environment.GetEnvironmentVariable(Variable) ?? CultureInfo.CurrentCulture.Name;

        Assert.AreEqual(expected, CultureInfo.CurrentCulture.Name, $"{Variable} is set; the culture comes from LC_ALL and needs ICU");
    }
}
