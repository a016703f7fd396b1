using CsCheck;
using Microsoft.ML.MobileNetV2.Imaging;

namespace Microsoft.ML.MobileNetV2.Tests.Imaging;

/// <summary>What holds for every image size, resize mode and crop.</summary>
[TestClass]
public sealed class PlacementPropertyTests
{
    private const long DrawCount = 2000;
    private const float MaxAspectRatio = 10;

    /// <summary>Weights are rounded to single precision one by one.</summary>
    private const double SumTolerance = 1e-5;

    private static readonly Gen<ImagePreprocessing> Preprocessings = Gen.Select(
        Gen.Int[MobileNetV2Architecture.MinInputSize, 300],
        Gen.Enum<ImageResizeMode>(),
        Gen.Enum<ImageInterpolation>(),
        Gen.Float[0.1f, 1],
        (size, mode, interpolation, fraction) =>
            new ImagePreprocessing { InputSize = size, Resize = mode, Interpolation = interpolation, CropFraction = fraction });

    private static readonly Gen<int> Sides = Gen.OneOf(Gen.Int[1, 50], Gen.Int[1, 5000]);

    private static readonly Gen<ISquarePlacement> Crops = Gen.Select(
        Gen.Float[0.0001f, 1],
        Gen.Float[1, MaxAspectRatio],
        Gen.ULong,
        (area, ratio, bits) => (ISquarePlacement)new RandomCrop(area, ratio, bits));

    private static readonly Gen<ISquarePlacement> Placements = Gen.OneOf(Gen.Const((ISquarePlacement)PlainPlacement.Instance), Crops);

    [TestMethod]
    public void Place_AnyImage_LandsInsideTheSquareAndCoversItUnlessPadded() =>
        Gen.Select(Placements, Preprocessings, Sides, Sides).Sample((placement, preprocessing, width, height) =>
        {
            (AxisPlacement x, AxisPlacement y) = placement.Place(width, height, preprocessing);

            bool isPadded = placement is PlainPlacement && preprocessing.Resize == ImageResizeMode.Pad;
            AssertCovers(x, preprocessing.InputSize, isPadded && width < height);
            AssertCovers(y, preprocessing.InputSize, isPadded && height < width);
        }, iter: DrawCount);

    [TestMethod]
    public void Choose_AnyImage_IsAPartOfIt() =>
        Gen.Select(Crops, Sides, Sides).Sample((crop, width, height) =>
        {
            System.Drawing.Rectangle part = ((RandomCrop)crop).Choose(width, height);

            Assert.IsTrue(part is { Width: > 0, Height: > 0 } && new System.Drawing.Rectangle(0, 0, width, height).Contains(part), part.ToString());
        }, iter: DrawCount);

    [TestMethod]
    public void Create_AnyAxis_TapsLieInsideTheImageAndSumToOne() =>
        Gen.Select(Placements, Preprocessings, Sides, Sides, Gen.Int[1, ScaledDecoding.FullSize], Gen.Bool).Sample(
            (placement, preprocessing, width, height, eighths, isMirrored) =>
            {
                (AxisPlacement x, _) = placement.Place(width, height, preprocessing);
                double extent = width * (double)eighths / ScaledDecoding.FullSize;
                SourceAxis axis = new((int)Math.Ceiling(extent), extent, isMirrored);

                AxisTaps taps = AxisTaps.Create(axis, x, preprocessing.Interpolation);

                Assert.IsGreaterThanOrEqualTo(0, taps.First);
                Assert.IsLessThanOrEqualTo(axis.Length, taps.First + taps.Length);
                for (int i = 0; i < x.Count; i++)
                {
                    AssertTaps(taps, i);
                }
            },
            iter: DrawCount);

    private static void AssertCovers(AxisPlacement axis, int size, bool mayLeaveEdges)
    {
        Assert.IsGreaterThanOrEqualTo(0, axis.Offset);
        Assert.IsGreaterThan(0, axis.Count);
        Assert.IsLessThanOrEqualTo(size, axis.Offset + axis.Count);
        Assert.IsGreaterThanOrEqualTo(0, axis.First);
        Assert.IsLessThanOrEqualTo(axis.ScaledLength * (1 + SumTolerance), axis.First + axis.Count);
        if (!mayLeaveEdges)
        {
            Assert.AreEqual((size, 0), (axis.Count, axis.Offset));
        }
    }

    private static void AssertTaps(AxisTaps taps, int output)
    {
        ReadOnlySpan<float> weights = taps.Weights.Slice(output * taps.TapCount, taps.TapCount);
        double sum = 0;
        for (int tap = 0; tap < weights.Length; tap++)
        {
            sum += weights[tap];
            if (weights[tap] != 0)
            {
                Assert.IsInRange(0, taps.Length - 1, taps.Starts[output] + tap, $"output {output}, tap {tap}");
            }
        }

        Assert.AreEqual(1, sum, SumTolerance, $"output {output}");
    }
}
