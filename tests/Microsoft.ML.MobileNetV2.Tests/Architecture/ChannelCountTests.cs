using Microsoft.ML.MobileNetV2.Architecture;

namespace Microsoft.ML.MobileNetV2.Tests.Architecture;

[TestClass]
public sealed class ChannelCountTests
{
    [TestMethod]
    [DataRow(32, 1.0f, 32, DisplayName = "width 1.0 changes nothing")]
    [DataRow(32, 0.35f, 16, DisplayName = "11.2 -> 8 would lose more than 10 %, so 16")]
    [DataRow(16, 0.35f, 8, DisplayName = "5.6 -> 8")]
    [DataRow(24, 0.35f, 8, DisplayName = "8.4 -> 8 loses less than 10 %")]
    [DataRow(24, 0.5f, 16, DisplayName = "12 lies half way, so up")]
    [DataRow(24, 0.75f, 24, DisplayName = "18 -> 16 would lose more than 10 %, so 24")]
    [DataRow(32, 1.3f, 40, DisplayName = "41.6 -> 40")]
    [DataRow(24, 1.4f, 32, DisplayName = "33.6 -> 32")]
    [DataRow(320, 1.4f, 448, DisplayName = "0.4 is not exact in binary; 448 is")]
    [DataRow(160, 0.35f, 56, DisplayName = "0.35 is not exact in binary; 56 is")]
    [DataRow(16, 0.01f, 8, DisplayName = "never below eight")]
    [DataRow(1280, 1.3f, 1664, DisplayName = "features at 1.3")]
    public void Scale_ReturnsTheNearestMultipleOfEight(int channels, float widthMultiplier, int expected)
        => Assert.AreEqual(expected, ChannelCount.Scale(channels, widthMultiplier));
}
