using Microsoft.ML.MobileNetV2.Imaging;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.Imaging.Augmentation;

[TestClass]
public sealed class SquareRotationTests
{
    /// <summary>Places are known to 2E-5 pixels in single precision, and neighbors differ by up to 255 levels.</summary>
    private const double Tolerance = 0.02;

    [TestMethod]
    [DataRow(32)]
    [DataRow(33, DisplayName = "not a multiple of four")]
    public void Apply_QuarterTurns_MovePixelsCounterclockwise(int size)
    {
        PixelPlanes before = Noise(size);

        AssertMoved(before, 90, (y, x) => before[0, x, size - 1 - y]);
        AssertMoved(before, 180, (y, x) => before[0, size - 1 - y, size - 1 - x]);
        AssertMoved(before, -90, (y, x) => before[0, size - 1 - x, y]);
    }

    [TestMethod]
    [DataRow(7f)]
    [DataRow(-33.3f)]
    [DataRow(45f)]
    [DataRow(170f)]
    public void Apply_AnyAngle_EqualsTheSlowRotation(float degrees)
    {
        PixelPlanes before = Noise(37);

        AssertMoved(before, degrees, (y, x) => SlowSample(before, y, x, degrees));
    }

    [TestMethod]
    public void Apply_White_HasNoDarkCorners()
    {
        float[] planes = new float[3 * 32 * 32];
        for (int degrees = -180; degrees <= 180; degrees += 15)
        {
            Array.Fill(planes, 255);

            new SquareRotation(32, degrees).Apply(planes);

            Assert.IsTrue(Array.TrueForAll(planes, level => level == 255), $"{degrees} degrees");
        }
    }

    private static PixelPlanes Noise(int size) => PixelPlanes.Decode(
        TestImages.Png(size, size, TestImages.Noise), new ImagePreprocessing { InputSize = size, Resize = ImageResizeMode.Stretch });

    private static void AssertMoved(PixelPlanes before, float degrees, Func<int, int, double> expectedRed)
    {
        PixelPlanes after = new([.. before.Levels], before.Size);

        new SquareRotation(before.Size, degrees).Apply(after.Levels);

        foreach ((int y, int x) in from y in Enumerable.Range(0, before.Size) from x in Enumerable.Range(0, before.Size) select (y, x))
        {
            Assert.AreEqual(expectedRed(y, x), after[0, y, x], Tolerance, $"{degrees} degrees, y {y}, x {x}");
        }
    }

    private static double SlowSample(PixelPlanes planes, int y, int x, double degrees)
    {
        double center = (planes.Size - 1) / 2.0;
        (double sine, double cosine) = Math.SinCos(degrees * Math.PI / 180);
        double sourceX = center + (cosine * (x - center)) - (sine * (y - center));
        double sourceY = center + (sine * (x - center)) + (cosine * (y - center));
        (int left, int top) = ((int)Math.Floor(sourceX), (int)Math.Floor(sourceY));
        (double shareX, double shareY) = (sourceX - left, sourceY - top);
        double Level(int row, int column) => planes[0, Mirrored(row, planes.Size), Mirrored(column, planes.Size)];
        return ((1 - shareY) * (((1 - shareX) * Level(top, left)) + (shareX * Level(top, left + 1)))) +
            (shareY * (((1 - shareX) * Level(top + 1, left)) + (shareX * Level(top + 1, left + 1))));
    }

    private static int Mirrored(int index, int size) => index < 0 ? -1 - index : index >= size ? (2 * size) - 1 - index : index;
}
