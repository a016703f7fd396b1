using Microsoft.ML.MobileNetV2.Weights;

namespace Microsoft.ML.MobileNetV2.Tests.TestUtilities;

/// <summary>Compares the tensors of checkpoints.</summary>
internal static class CheckpointAssert
{
    /// <summary>Float32 folding against folding in float64.</summary>
    private const double RelativeTolerance = 1e-5;

    /// <summary>Fails unless both have the same tensors, bit for bit.</summary>
    internal static void SameBits(Checkpoint expected, Checkpoint actual)
    {
        Assert.AreSequenceEqual(expected.Tensors.Keys.Order(StringComparer.Ordinal), actual.Tensors.Keys.Order(StringComparer.Ordinal), actual.Source);
        foreach ((string name, WeightTensor tensor) in expected.Tensors)
        {
            Assert.AreSequenceEqual(tensor.Shape, actual.Tensors[name].Shape, $"{actual.Source}: {name}");
            Assert.IsTrue(
                tensor.Values.AsSpan().SequenceEqual(actual.Tensors[name].Values),
                $"{actual.Source}: the values of '{name}' differ");
        }
    }

    /// <summary>Fails unless each number is within <see cref="RelativeTolerance"/> of the largest one.</summary>
    internal static void Close(float[] expected, float[] actual, string name)
    {
        Assert.HasCount(expected.Length, actual, name);
        float largest = expected.Max(Math.Abs);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.AreEqual(expected[i], actual[i], RelativeTolerance * largest, $"{name}[{i}]");
        }
    }
}
