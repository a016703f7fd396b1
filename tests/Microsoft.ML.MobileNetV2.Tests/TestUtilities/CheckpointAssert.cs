namespace Microsoft.ML.MobileNetV2.Tests.TestUtilities;

/// <summary>Compares the tensors of checkpoints.</summary>
internal static class CheckpointAssert
{
    /// <summary>Fails unless both have the same tensors, bit for bit.</summary>
    internal static void SameBits(Checkpoint expected, Checkpoint actual)
    {
        Assert.AreSequenceEqual(expected.Tensors.Keys.Order(StringComparer.Ordinal), actual.Tensors.Keys.Order(StringComparer.Ordinal));
        foreach ((string name, WeightTensor tensor) in expected.Tensors)
        {
            Assert.AreSequenceEqual(tensor.Shape, actual.Tensors[name].Shape, name);
            Assert.IsTrue(
                tensor.Values.AsSpan().SequenceEqual(actual.Tensors[name].Values),
                $"the values of '{name}' differ");
        }
    }
}
