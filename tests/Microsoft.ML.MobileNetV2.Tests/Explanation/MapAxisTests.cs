using Microsoft.ML.MobileNetV2.Explanation;
using Microsoft.ML.MobileNetV2.Imaging;

namespace Microsoft.ML.MobileNetV2.Tests.Explanation;

/// <summary>Where the positions of a map lie in an image.</summary>
[TestClass]
public sealed class MapAxisTests
{
    private const int Positions = 7;
    private const int InputSize = 224;

    [TestMethod]
    [DataRow(ImageResizeMode.CenterCrop, 1, 150, DisplayName = "columns 144 to 367 of 512 are seen; the second position is around column 192")]
    [DataRow(ImageResizeMode.CenterCrop, 5, 250, DisplayName = "the last but one is around column 320")]
    [DataRow(ImageResizeMode.Stretch, 1, 86, DisplayName = "the second seventh of 400 has its center at 85.7")]
    [DataRow(ImageResizeMode.Pad, 3, 200, DisplayName = "the center stays in the center")]
    public void Enlarge_PutsAPositionWhereThePreprocessingTookItFrom(ImageResizeMode resize, int position, int expected)
    {
        (MapAxis columns, MapAxis rows) = Create(resize);
        float[] map = new float[Positions * Positions];
        map[(3 * Positions) + position] = 1;

        float[] enlarged = MapAxis.Enlarge(map, columns, rows);

        int column = Array.IndexOf(enlarged, enlarged.Max()) % 400;
        Assert.IsLessThanOrEqualTo(1, Math.Abs(column - expected), $"column {column}");
        Assert.AreEqual(1, enlarged.Max(), 0.01f);
    }

    [TestMethod]
    [DataRow(ImageResizeMode.CenterCrop, 175, 12, 188, DisplayName = "224 of 512 columns, 224 of 256 rows")]
    [DataRow(ImageResizeMode.Stretch, 400, 0, 200, DisplayName = "all of the stretched image")]
    [DataRow(ImageResizeMode.Pad, 400, 0, 200, DisplayName = "all of the padded image")]
    public void IsSeen_IsWhatThePreprocessingKeeps(ImageResizeMode resize, int columnCount, int firstRow, int endOfRows)
    {
        (MapAxis columns, MapAxis rows) = Create(resize);

        int[] seen = [.. Enumerable.Range(0, rows.Length).Where(rows.IsSeen)];
        Assert.IsLessThanOrEqualTo(1, Math.Abs(columnCount - Enumerable.Range(0, columns.Length).Count(columns.IsSeen)));
        Assert.AreEqual(firstRow, seen[0], 1.0);
        Assert.AreEqual(endOfRows - 1, seen[^1], 1.0);
    }

    [TestMethod]
    public void Enlarge_OfOneValue_IsThatValue()
    {
        (MapAxis columns, MapAxis rows) = Create(ImageResizeMode.CenterCrop);

        float[] enlarged = MapAxis.Enlarge(Enumerable.Repeat(2.5f, Positions * Positions).ToArray(), columns, rows);

        Assert.AreEqual(2.5f, enlarged.Min(), 1e-5f);
        Assert.AreEqual(2.5f, enlarged.Max(), 1e-5f);
    }

    /// <summary>An image of 400 × 200 pixels, drawn as large as it is.</summary>
    private static (MapAxis Columns, MapAxis Rows) Create(ImageResizeMode resize)
    {
        ImagePreprocessing preprocessing = new() { InputSize = InputSize, Resize = resize };
        (AxisPlacement x, AxisPlacement y) = PlainPlacement.Instance.Place(400, 200, preprocessing);
        return (new(x, InputSize, 400, Positions), new(y, InputSize, 200, Positions));
    }
}
