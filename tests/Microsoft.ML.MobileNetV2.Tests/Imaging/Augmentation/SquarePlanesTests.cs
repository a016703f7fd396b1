using Microsoft.ML.MobileNetV2.Imaging;

namespace Microsoft.ML.MobileNetV2.Tests.Imaging.Augmentation;

[TestClass]
public sealed class SquarePlanesTests
{
    [TestMethod]
    [DataRow(false, false, new float[] { 1, 2, 3, 4, 5, 6, 7, 8, 9 })]
    [DataRow(true, false, new float[] { 3, 2, 1, 6, 5, 4, 9, 8, 7 })]
    [DataRow(false, true, new float[] { 7, 8, 9, 4, 5, 6, 1, 2, 3 })]
    [DataRow(true, true, new float[] { 9, 8, 7, 6, 5, 4, 3, 2, 1 })]
    public void Mirror_MovesEachPlaneAlike(bool alongX, bool alongY, float[] expected)
    {
        float[] planes = [.. Enumerable.Range(0, 3).SelectMany(plane => Enumerable.Range(1, 9).Select(i => (10f * plane) + i))];

        SquarePlanes.Mirror(planes, 3, alongX, alongY);

        Assert.AreSequenceEqual([.. Enumerable.Range(0, 3).SelectMany(plane => expected.Select(value => (10 * plane) + value))], planes);
    }

    [TestMethod]
    [DataRow(true, false)]
    [DataRow(false, true)]
    [DataRow(true, true)]
    public void Mirror_Twice_IsTheSame(bool alongX, bool alongY)
    {
        float[] expected = [.. Enumerable.Range(0, 3 * 33 * 33)];
        float[] planes = [.. expected];

        SquarePlanes.Mirror(planes, 33, alongX, alongY);
        Assert.AreNotEqual(expected[0], planes[0]);
        SquarePlanes.Mirror(planes, 33, alongX, alongY);

        Assert.AreSequenceEqual(expected, planes);
    }
}
