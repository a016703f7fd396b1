using Microsoft.ML.MobileNetV2.Imaging;

namespace Microsoft.ML.MobileNetV2.Tests.Imaging.Augmentation;

[TestClass]
public sealed class ColorChangeTests
{
    /// <summary>The expected levels have two decimals; single precision adds less.</summary>
    private const double Tolerance = 0.006;

    // (200, 100, 50), (10, 240, 130), the gray (90, 90, 90) and (30, 60, 255).
    private static readonly float[] Pixels = [200, 10, 90, 30, 100, 240, 90, 60, 50, 130, 90, 255];

    /// <summary>
    /// Gets brightness, contrast, saturation and hue shift, and what torchvision 0.14 makes of the pixels: adjust_brightness, adjust_contrast,
    /// adjust_saturation and adjust_hue on floating-point tensors, the levels divided by 255.
    /// </summary>
    public static IEnumerable<(string Name, float[] Change, double[] Expected)> Torchvision =>
    [
        ("brighter, blue and green limited", [1.2f, 1, 1, 0], [240, 12, 108, 36, 120, 255, 108, 72, 60, 156, 108, 255]),
        ("less contrast", [1, 0.7f, 1, 0], [173.46, 40.46, 96.46, 54.46, 103.46, 201.46, 96.46, 75.46, 68.46, 124.46, 96.46, 211.96]),
        ("more saturation", [1, 1, 1.3f, 0], [222.75, 0, 90, 17.02, 92.75, 255, 90, 56.02, 27.75, 121.39, 90, 255]),
        ("hue forward", [1, 1, 1, 0.1f], [200, 10, 90, 135, 190, 212, 90, 30, 50, 240, 90, 255]),
        ("hue backward", [1, 1, 1, -0.3f], [130, 240, 90, 30, 50, 176, 90, 255, 200, 10, 90, 45]),
        ("all, one after the other", [0.8f, 1.5f, 0.5f, 0.25f], [74.9, 77.78, 63.39, 150.07, 149.9, 82.94, 63.39, 22.57, 59.9, 199.48, 63.39, 100.02]),
    ];

    [TestMethod]
    [DynamicData(nameof(Torchvision))]
    public void Apply_EqualsTorchvision(string name, float[] change, double[] expected)
    {
        float[] planes = [.. Pixels];

        new ColorChange { Brightness = change[0], Contrast = change[1], Saturation = change[2], HueShift = change[3] }.Apply(planes);

        for (int i = 0; i < planes.Length; i++)
        {
            Assert.AreEqual(expected[i], planes[i], Tolerance, $"{name}, value {i}");
        }
    }

    [TestMethod]
    public void Apply_ManyPixels_ChangesEachAsAFewAreChanged()
    {
        const int Repeats = 17;
        float[] few = [.. Pixels];
        float[] many = [.. Pixels.Chunk(4).SelectMany(plane => Enumerable.Repeat(plane, Repeats).SelectMany(values => values))];
        ColorChange change = new() { Brightness = 0.9f, Contrast = 1.1f, Saturation = 1.2f, HueShift = -0.2f };

        change.Apply(few);
        change.Apply(many);

        for (int i = 0; i < many.Length; i++)
        {
            int plane = i / (4 * Repeats);
            Assert.AreEqual(few[(4 * plane) + (i % 4)], many[i], 0.001, $"value {i}");
        }
    }

    [TestMethod]
    public void Apply_None_LeavesEvenLevelsOutOfRange()
    {
        float[] planes = [-1, 300, 7.123f];

        ColorChange.None.Apply(planes);

        Assert.AreSequenceEqual([-1, 300, 7.123f], planes);
    }

    [TestMethod]
    public void Apply_HueShift_OnceAroundTheCircleIsTheSame()
    {
        float[] planes = [.. Pixels];

        for (int i = 0; i < 5; i++)
        {
            new ColorChange { HueShift = 0.2f }.Apply(planes);
        }

        for (int i = 0; i < planes.Length; i++)
        {
            Assert.AreEqual(Pixels[i], planes[i], 0.001);
        }
    }
}
