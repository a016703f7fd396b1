using Microsoft.ML.MobileNetV2.Tool.Shell;

namespace Microsoft.ML.MobileNetV2.Tool.Tests.Shell;

[TestClass]
public sealed class DurationTests
{
    [TestMethod]
    [DataRow(0.2, "1 s", DisplayName = "what is left is never 0")]
    [DataRow(59, "59 s")]
    [DataRow(125, "2:05 min")]
    [DataRow(3725, "1:02:05 h")]
    [DataRow(100 * 3600, "100:00:00 h", DisplayName = "more than a day")]
    public void Format_IsShort(double seconds, string expected) => Assert.AreEqual(expected, Duration.Format(TimeSpan.FromSeconds(seconds)));
}
