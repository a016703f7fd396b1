using Microsoft.ML.MobileNetV2.Numerics;

namespace Microsoft.ML.MobileNetV2.Tests.Numerics;

[TestClass]
public sealed class ReadOnlyMatrixTests
{
    [TestMethod]
    public void Construction_TooFewNumbers_SaysHowManyAreNeeded()
    {
        ArgumentException exception = Assert.ThrowsExactly<ArgumentException>(() => _ = new ReadOnlyMatrix(new float[5], 2, 3));

        Assert.StartsWith("A matrix of (2, 3) needs 6 numbers; there are 5.", exception.Message);
    }

    [TestMethod]
    public void Construction_LastRowWithoutItsGap_IsEnough()
    {
        ReadOnlyMatrix matrix = new(new float[7], 2, 3, 4);

        Assert.AreEqual(4, matrix.RowStride);
    }

    [TestMethod]
    public void Construction_RowsThatOverlap_Throws() =>
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _ = new ReadOnlyMatrix(new float[9], 3, 3, 2));
}
