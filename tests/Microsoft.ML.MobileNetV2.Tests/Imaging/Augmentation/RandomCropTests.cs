using System.Drawing;
using Microsoft.ML.MobileNetV2.Imaging;

namespace Microsoft.ML.MobileNetV2.Tests.Imaging.Augmentation;

[TestClass]
public sealed class RandomCropTests
{
    private const int DrawCount = 10_000;
    private const float MinArea = 0.5f;
    private const float MaxAspectRatio = 4f / 3;

    /// <summary>Sides are rounded to whole pixels: half a pixel of at least 220.</summary>
    private const double RoundingTolerance = 0.005;

    /// <summary>Four standard errors of the difference of the means of 10,000 values and of torchvision's 20,000.</summary>
    private const double MeanTolerance = 0.008;

    [TestMethod]
    [DataRow(500, 375, 0.6612, 0.0802, DisplayName = "landscape: wide parts fit more often")]
    [DataRow(300, 300, 0.6943, 0.0001, DisplayName = "square")]
    public void Choose_TenThousand_AreDistributedAsTorchvisionsAre(int width, int height, double meanArea, double meanLogRatio)
    {
        Rectangle[] boxes = [.. Enumerable.Range(0, DrawCount).Select(bits => new RandomCrop(MinArea, MaxAspectRatio, (ulong)bits).Choose(width, height))];

        double[] areas = [.. boxes.Select(box => (double)box.Width * box.Height / (width * height))];
        double[] ratios = [.. boxes.Select(box => Math.Log((double)box.Width / box.Height))];
        Assert.IsInRange(MinArea - RoundingTolerance, 1, areas.Min());
        Assert.IsInRange(0.98, 1, areas.Max());
        Assert.AreEqual(meanArea, areas.Average(), MeanTolerance, "mean measured with torchvision 0.14's RandomResizedCrop.get_params");
        Assert.AreEqual(meanLogRatio, ratios.Average(), MeanTolerance, "mean of the logarithm, measured with the same");
        Assert.AreEqual(Math.Log(MaxAspectRatio), ratios.Max(), 2 * RoundingTolerance);
        Assert.AreEqual(-Math.Log(MaxAspectRatio), ratios.Min(), 2 * RoundingTolerance);
    }

    [TestMethod]
    public void Choose_TenThousand_LieEverywhere()
    {
        Rectangle[] boxes = [.. Enumerable.Range(0, DrawCount).Select(bits => new RandomCrop(0.25f, 1, (ulong)bits).Choose(200, 200))];

        double[] places = [.. boxes.Where(box => box.Width < 200).Select(box => box.X / (double)(200 - box.Width))];
        Assert.AreEqual(0, places.Min());
        Assert.AreEqual(1, places.Max());
        Assert.AreEqual(0.5, places.Average(), 0.02);
        Assert.AreEqual(0.5, boxes.Where(box => box.Height < 200).Average(box => box.Y / (double)(200 - box.Height)), 0.02);
    }

    [TestMethod]
    [DataRow(1, 1, 0, 0, 1, 1)]
    [DataRow(1, 5000, 0, 2499, 1, 1, DisplayName = "no part of half the area fits: the center, as tall as the ratio allows")]
    [DataRow(5000, 1, 2499, 0, 1, 1)]
    [DataRow(100, 5000, 0, 2433, 100, 133)]
    [DataRow(5000, 100, 2433, 0, 133, 100)]
    public void Choose_NothingFits_IsTheCenter(int width, int height, int x, int y, int partWidth, int partHeight)
        => Assert.AreEqual(new Rectangle(x, y, partWidth, partHeight), new RandomCrop(MinArea, MaxAspectRatio, Bits: 1).Choose(width, height));

    [TestMethod]
    [DataRow(1, 1)]
    [DataRow(2, 3)]
    [DataRow(1, 1 << 20)]
    [DataRow(1 << 20, 1 << 20)]
    public void Choose_AnySize_StaysInside(int width, int height)
    {
        for (ulong bits = 0; bits < 1000; bits++)
        {
            Rectangle box = new RandomCrop(float.Epsilon, 10, bits).Choose(width, height);

            Assert.IsTrue(box is { X: >= 0, Y: >= 0, Width: > 0, Height: > 0 } && box.X + box.Width <= width && box.Y + box.Height <= height, box.ToString());
        }
    }
}
