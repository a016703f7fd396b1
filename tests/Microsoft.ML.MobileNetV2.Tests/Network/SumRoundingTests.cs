using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using Microsoft.ML.MobileNetV2.Network;
using Microsoft.ML.MobileNetV2.Numerics;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.Network;

/// <summary>Kernels round every sum in the order that its convolution has, whatever their register width.</summary>
[TestClass]
public sealed class SumRoundingTests
{
    private const int PixelCount = 31;
    private const int ChannelCount = 72;

    [TestMethod]
    [DataRow(27, 9, false, DisplayName = "The stem, a piece for each color")]
    [DataRow(128, 128, false, DisplayName = "One piece")]
    [DataRow(129, 128, false, DisplayName = "A piece of one product")]
    [DataRow(320, 128, false, DisplayName = "Three pieces")]
    [DataRow(8, 128, true, DisplayName = "Few channels, whose products are rounded")]
    public void Pointwise_OfAnyDepth_RoundsInTheStatedOrder(int depth, int pieceLength, bool roundsProducts)
    {
        Random random = new(depth);
        float[] input = Draw(random, PixelCount * depth), weight = Draw(random, ChannelCount * depth);
        float[] bias = Draw(random, ChannelCount), addend = Draw(random, PixelCount * ChannelCount);
        foreach (NetworkKernels kernels in AllKernels.Supported)
        {
            PackedPointwise packed = new(weight, bias, new(pieceLength, roundsProducts), kernels.Lanes, kernels.RegisterCount);

            float[] actual = Multiply(kernels, packed, input, addend);
            float[] fused = Multiply(kernels.Fused, packed, input, addend);

            bool isFused = kernels.Lanes > 1 && (Fma.IsSupported || AdvSimd.IsSupported);
            Assert.AreSequenceEqual(Expected(isFused && !roundsProducts), actual, $"{kernels.Lanes} lanes");
            Assert.AreSequenceEqual(Expected(!roundsProducts), fused, $"{kernels.Lanes} lanes, rounded once");
        }

        PackedPointwise packedFor4 = new(weight, bias, new(pieceLength, roundsProducts), AllKernels.Fused128.Lanes, AllKernels.Fused128.RegisterCount);
        Assert.AreSequenceEqual(Expected(!roundsProducts), Multiply(AllKernels.Fused128, packedFor4, input, addend), "in float64");

        float[] Expected(bool isFused) =>
        [
            .. from pixel in Enumerable.Range(0, PixelCount)
               from channel in Enumerable.Range(0, ChannelCount)
               let sum = Sum(input.AsSpan(pixel * depth, depth), weight.AsSpan(channel * depth, depth), addend[pixel * ChannelCount + channel], pieceLength, isFused)
               select sum + bias[channel],
        ];
    }

    [TestMethod]
    public void Pointwise_Pooled_AddsThePixelsOneAfterTheOther()
    {
        const int Depth = 200;
        Random random = new(1);
        float[] input = Draw(random, PixelCount * Depth), weight = Draw(random, ChannelCount * Depth), bias = Draw(random, ChannelCount);
        foreach (NetworkKernels kernels in AllKernels.Supported)
        {
            PackedPointwise packed = new(weight, bias, new(128, false), kernels.Lanes, kernels.RegisterCount);
            float[] map = Multiply(kernels, packed, input, new float[PixelCount * ChannelCount]);

            float[] actual = Multiply(kernels, packed, input, addend: null);

            float[] expected = [.. Enumerable.Range(0, ChannelCount).Select(channel =>
                Enumerable.Range(0, PixelCount).Aggregate(0f, (sum, pixel) => sum + map[pixel * ChannelCount + channel]))];
            Assert.AreSequenceEqual(expected, actual, $"{kernels.Lanes} lanes");
        }
    }

    [TestMethod]
    public void Of_EveryConvolution_IsTheOrderOfOnnxRuntime()
    {
        SumRounding[] usual = Of(1, keepsMap: true);

        Assert.AreEqual(new SumRounding(9, false), usual[0]);
        Assert.AreEqual(new SumRounding(128, false), usual[^1]);
        Assert.DoesNotContain(rounding => rounding.RoundsProducts, usual);
        Assert.AreEqual(3, Of(0.35f, keepsMap: true).Count(rounding => rounding.RoundsProducts));
        Assert.DoesNotContain(rounding => rounding.RoundsProducts, Of(0.35f, keepsMap: false));
    }

    private static SumRounding[] Of(float width, bool keepsMap) =>
        [.. new MobileNetV2Architecture(width).ConvLayers.Select(layer => SumRounding.Of(layer, keepsMap))];

    private static float[] Draw(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => (float)(2 * random.NextDouble() - 1))];

    private static float Sum(ReadOnlySpan<float> input, ReadOnlySpan<float> weight, float total, int pieceLength, bool isFused)
    {
        for (int start = 0; start < input.Length; start += pieceLength)
        {
            float piece = 0;
            for (int i = start; i < Math.Min(input.Length, start + pieceLength); i++)
            {
                piece = isFused ? MathF.FusedMultiplyAdd(input[i], weight[i], piece) : piece + input[i] * weight[i];
            }

            total = piece + total;
        }

        return total;
    }

    /// <summary>Computes a product; without an addend the sum over its pixels.</summary>
    private static unsafe float[] Multiply(NetworkKernels kernels, PackedPointwise packed, float[] input, float[]? addend)
    {
        int stride = (ChannelCount + kernels.Lanes - 1) / kernels.Lanes * kernels.Lanes;
        AlignedMemory inputMemory = new(input.Length), output = new(PixelCount * stride), addendMemory = new(PixelCount * stride);
        input.CopyTo(new Span<float>(inputMemory.Start, input.Length));
        for (int i = 0; i < addend?.Length; i++)
        {
            addendMemory.Start[i / ChannelCount * stride + i % ChannelCount] = addend[i];
        }

        kernels.Pointwise(new()
        {
            Weights = packed,
            Input = inputMemory.Start,
            InputStride = packed.Depth,
            Output = output.Start,
            OutputStride = stride,
            VectorStride = kernels.Lanes,
            PixelCount = PixelCount,
            IsPooled = addend is null,
            Addend = addend is null ? null : addendMemory.Start,
        });
        float[] result = [.. Enumerable.Range(0, addend?.Length ?? ChannelCount).Select(i => output.Start[i / ChannelCount * stride + i % ChannelCount])];
        GC.KeepAlive(inputMemory);
        GC.KeepAlive(addendMemory);
        return result;
    }
}
