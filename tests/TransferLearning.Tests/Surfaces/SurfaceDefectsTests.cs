using SkiaSharp;
using TransferLearning.Surfaces;

namespace TransferLearning.Tests.Surfaces;

[TestClass]
public sealed class SurfaceDefectsTests
{
    [TestMethod]
    public void DrawOne_SameNumber_GivesTheSameFile_AnotherNumber_AnotherImage()
    {
        using TemporaryFolder folder = new();

        byte[] first = Draw(folder, 7);
        byte[] again = Draw(folder, 7);
        byte[] other = Draw(folder, 8);

        Assert.AreSequenceEqual(first, again);
        Assert.IsFalse(first.AsSpan().SequenceEqual(other));
        using var bitmap = SKBitmap.Decode(first);
        Assert.IsInRange(160, 200, bitmap.Width);
    }

    private static byte[] Draw(TemporaryFolder folder, int number)
    {
        string path = folder.PathOf("one.jpg");
        SurfaceDefects.DrawOne(number, path);
        return File.ReadAllBytes(path);
    }
}
