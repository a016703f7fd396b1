using System.Globalization;
using Microsoft.ML.MobileNetV2.Imaging;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.Imaging.Augmentation;

[TestClass]
public sealed class ImageAugmentationOptionsTests
{
    private static readonly ImageAugmentationOptions AllLargest = new()
    {
        ViewsPerImage = 64,
        MinCropScale = float.Epsilon,
        MaxAspectRatio = 10,
        MaxRotationDegrees = 180,
        Brightness = 1,
        Contrast = 1,
        Saturation = 1,
        Hue = 0.5f,
        Seed = int.MinValue,
    };

    public static IEnumerable<(Func<ImageAugmentationOptions> Create, string Message, string Value)> OutOfRange =>
    [
        (() => new() { ViewsPerImage = 0 }, "ViewsPerImage is 0; expected 1 to 64.", "0"),
        (() => new() { ViewsPerImage = 65 }, "ViewsPerImage is 65; expected 1 to 64.", "65"),
        (() => new() { MinCropScale = 0 }, "MinCropScale is 0; expected above 0, at most 1.", "0"),
        (() => new() { MinCropScale = 1.5f }, "MinCropScale is 1.5; expected above 0, at most 1.", "1.5"),
        (() => new() { MaxAspectRatio = 0.9f }, "MaxAspectRatio is 0.9; expected 1 to 10.", "0.9"),
        (() => new() { MaxAspectRatio = float.PositiveInfinity }, "MaxAspectRatio is Infinity; expected 1 to 10.", "Infinity"),
        (() => new() { MaxRotationDegrees = -1 }, "MaxRotationDegrees is -1; expected 0 to 180.", "-1"),
        (() => new() { Brightness = 1.1f }, "Brightness is 1.1; expected 0 to 1.", "1.1"),
        (() => new() { Contrast = -0.1f }, "Contrast is -0.1; expected 0 to 1.", "-0.1"),
        (() => new() { Saturation = float.NaN }, "Saturation is NaN; expected 0 to 1.", "NaN"),
        (() => new() { Hue = 0.6f }, "Hue is 0.6; expected 0 to 0.5.", "0.6"),
    ];

    [TestMethod]
    [DynamicData(nameof(OutOfRange))]
    public void Property_OutOfRange_Throws(Func<ImageAugmentationOptions> create, string message, string value)
    {
        ArgumentOutOfRangeException exception = Assert.ThrowsExactly<ArgumentOutOfRangeException>(create);

        Assert.StartsWith($"{message} (Parameter 'value')", exception.Message);
        Assert.AreEqual(value, Convert.ToString(exception.ActualValue, CultureInfo.InvariantCulture));
    }

    [TestMethod]
    public void Draw_AllOff_IsThePlainImage() => Assert.AreEqual(new ImageView(), ImageView.Draw(TestViews.AllOff, image: 3, view: 2));

    [TestMethod]
    public void Draw_AllLargest_StaysInRange()
    {
        ColorChange[] colors = [.. Enumerable.Range(0, 1000).Select(view => ImageView.Draw(AllLargest, image: 3, view).Colors)];

        Assert.IsTrue(Array.TrueForAll(colors, color => color is { Brightness: >= 0 and <= 2, Contrast: >= 0 and <= 2, Saturation: >= 0 and <= 2 }));
    }

    [TestMethod]
    public void Describe_Default_NamesEachValueButViews()
    {
        ImageAugmentationOptions options = new() { ViewsPerImage = 9 };

        Assert.AreEqual(
            "flips True/False, crop 0.5, aspect 1.3333334, rotation 10, brightness 0.2, contrast 0.2, saturation 0.2, hue 0.02, seed 1",
            options.Describe());
    }

    [TestMethod]
    public void Describe_AnyValueChanged_IsAnotherText()
    {
        ImageAugmentationOptions options = new();
        ImageAugmentationOptions[] changed =
        [
            options, options with { HorizontalFlip = false }, options with { VerticalFlip = true }, options with { MinCropScale = 0.4f },
            options with { MaxAspectRatio = 1 }, options with { MaxRotationDegrees = 11 }, options with { Brightness = 0.1f },
            options with { Contrast = 0.1f }, options with { Saturation = 0.1f }, options with { Hue = 0.1f }, options with { Seed = 2 },
        ];

        Assert.HasCount(changed.Length, changed.Select(each => each.Describe()).Distinct());
    }

    [TestMethod]
    public void Describe_AnotherCulture_IsTheSameText()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        string expected = new ImageAugmentationOptions { Seed = -5 }.Describe();
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("de-DE") { NumberFormat = { NegativeSign = "minus", NumberDecimalSeparator = "," } };

            Assert.AreEqual(expected, new ImageAugmentationOptions { Seed = -5 }.Describe());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
