using Microsoft.ML.MobileNetV2.Imaging;

namespace Microsoft.ML.MobileNetV2.Tests.Imaging.Augmentation;

[TestClass]
public sealed class ImageViewTests
{
    private const int DrawCount = 10_000;

    /// <summary>Four standard errors of the mean of 10,000 numbers spread evenly over a range of 2: 4 · 0.577 / 100.</summary>
    private const double MeanTolerance = 0.0231;

    /// <summary>Four standard errors of a fraction of 1/2 among 10,000.</summary>
    private const double ShareTolerance = 0.02;

    private static readonly ImageAugmentationOptions Default = new();

    [TestMethod]
    public void Draw_SameNumbers_GiveTheSameViewOnEveryPlatform()
    {
        // Computed by hand in Python, with its own splitmix64.
        ImageView expected = new()
        {
            Crop = new(0.5f, 4f / 3, 7853443199591482646),
            IsMirroredX = true,
            RotationDegrees = -5.50920868f,
            Colors = new() { Brightness = 1.18421948f, Contrast = 1.14278376f, Saturation = 1.1222142f, HueShift = -0.0127001964f },
        };

        Assert.AreEqual(expected, ImageView.Draw(Default, image: 12345, view: 1));
        Assert.AreEqual(expected, ImageView.Draw(Default with { ViewsPerImage = 64 }, image: 12345, view: 1));
    }

    [TestMethod]
    public void Draw_OtherSeedImageOrView_GivesAnotherView()
    {
        ImageView[] views =
        [
            .. from seed in new[] { int.MinValue, -1, 0, 1, 2 }
               from image in new ulong[] { 0, 1, 2, ulong.MaxValue }
               from number in Enumerable.Range(0, 64)
               select ImageView.Draw(Default with { Seed = seed }, image, number),
        ];

        Assert.HasCount(views.Length, views.DistinctBy(view => view.Crop!.Bits));
        Assert.HasCount(views.Length, views.DistinctBy(view => (view.RotationDegrees, view.Colors.Brightness, view.Colors.HueShift)));
    }

    [TestMethod]
    public void Draw_OneEffectOff_LeavesTheOthers()
    {
        ImageView expected = ImageView.Draw(Default, image: 5, view: 1);

        ImageView actual = ImageView.Draw(Default with { MinCropScale = 1, Contrast = 0 }, image: 5, view: 1);

        Assert.AreEqual(expected with { Crop = null, Colors = expected.Colors with { Contrast = 1 } }, actual);
    }

    [TestMethod]
    public void Draw_TenThousand_SpreadEvenly()
    {
        ImageAugmentationOptions options = Default with
        {
            VerticalFlip = true,
            MaxRotationDegrees = 180,
            Brightness = 1,
            Contrast = 1,
            Saturation = 1,
            Hue = 0.5f,
        };

        ImageView[] views = [.. Enumerable.Range(0, DrawCount).Select(image => ImageView.Draw(options, (ulong)image, view: 0))];

        AssertHalf(views, view => view.IsMirroredX);
        AssertHalf(views, view => view.IsMirroredY);
        AssertHalf(views, view => view.IsMirroredX == view.IsMirroredY);
        AssertSpread(views, view => view.RotationDegrees / 180);
        AssertSpread(views, view => view.Colors.Brightness - 1);
        AssertSpread(views, view => view.Colors.Contrast - 1);
        AssertSpread(views, view => view.Colors.Saturation - 1);
        AssertSpread(views, view => view.Colors.HueShift * 2);
    }

    private static void AssertHalf(ImageView[] views, Func<ImageView, bool> select) =>
        Assert.AreEqual(0.5, views.Count(select) / (double)views.Length, ShareTolerance);

    /// <summary>Looks at range, mean and mean square, which is 1/3 where all numbers from −1 to 1 are equally likely.</summary>
    private static void AssertSpread(ImageView[] views, Func<ImageView, double> select)
    {
        double[] values = [.. views.Select(select)];
        Assert.IsTrue(Array.TrueForAll(values, value => value is >= -1 and <= 1));
        Assert.AreEqual(0, values.Average(), MeanTolerance);
        Assert.AreEqual(1.0 / 3, values.Average(value => value * value), MeanTolerance);
    }
}
