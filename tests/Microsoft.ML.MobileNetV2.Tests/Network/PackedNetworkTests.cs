using Microsoft.ML.MobileNetV2.Network;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;
using Microsoft.ML.MobileNetV2.Weights;

namespace Microsoft.ML.MobileNetV2.Tests.Network;

[TestClass]
public sealed class PackedNetworkTests
{
    [TestMethod]
    [DataRow("features.0.0.weight", "features.0.0")]
    [DataRow("features.1.conv.0.1.bias", "features.1.conv.0.0")]
    [DataRow("features.17.conv.2.weight", "features.17.conv.2")]
    [DataRow("features.18.1.running_mean", "features.18.0")]
    public void Load_WeightsThatAreNotFinite_AreRefused(string tensor, string layer)
    {
        Dictionary<string, WeightTensor> tensors = SyntheticNetwork.Tensors(new(0.35f));
        tensors[tensor].Values[^1] = float.NaN;

        WeightsFormatException exception = Assert.ThrowsExactly<WeightsFormatException>(() => Load(tensors, 0.35f));

        Assert.AreEqual(WeightsFormatError.NotFinite, exception.Error);
        Assert.StartsWith($"'synthetic': the weights of '{layer}'", exception.Message);
    }

    [TestMethod]
    public void Load_WeightsOfAnotherArchitecture_AreRefused()
    {
        Dictionary<string, WeightTensor> tensors = SyntheticNetwork.Tensors(new(0.5f));

        WeightsFormatException exception = Assert.ThrowsExactly<WeightsFormatException>(() => Load(tensors, 0.35f));

        Assert.AreEqual(WeightsFormatError.ShapeMismatch, exception.Error);
    }

    [TestMethod]
    [DataRow(31)]
    [DataRow(4097)]
    public void Load_InputSizeOutOfRange_IsRefused(int size)
    {
        NetworkSpecification specification = new(SyntheticNetwork.Create(0.35f), size, MobileNetV2Output.Features);

        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => InferenceRuntime.Managed.Load(specification));
    }

    /// <summary>Loads weights that nobody has looked at before.</summary>
    private static void Load(Dictionary<string, WeightTensor> tensors, float width)
    {
        WeightsDescription description = new() { Name = "synthetic", Architecture = new(width) };
        Checkpoint checkpoint = new("synthetic", tensors, new Dictionary<string, string>());
        MobileNetV2Weights weights = new(new CheckpointSource(checkpoint), description, SyntheticNetwork.ClassCount);
        InferenceRuntime.Managed.Load(new(weights, 32, MobileNetV2Output.Features)).Dispose();
    }
}
