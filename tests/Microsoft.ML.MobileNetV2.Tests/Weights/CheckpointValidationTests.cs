using Microsoft.ML.MobileNetV2.Tests.TestUtilities;
using Microsoft.ML.MobileNetV2.Weights;

namespace Microsoft.ML.MobileNetV2.Tests.Weights;

/// <summary>Well-formed files that are not a MobileNetV2, or not the one that they say.</summary>
[TestClass]
public sealed class CheckpointValidationTests
{
    private const string Width = "width_multiplier";

    [TestMethod]
    [DataRow("features.5.conv.1.0.weight")]
    [DataRow("features.0.1.running_mean")]
    public void FromStream_MissingTensor_NamesIt(string name)
    {
        WeightsFormatException error = Refused(tensors => tensors.Remove(name));

        Assert.AreEqual(WeightsFormatError.MissingTensor, error.Error);
        Assert.Contains($"tensor '{name}' is missing", error.Message);
    }

    [TestMethod]
    public void FromStream_UnexpectedTensors_NamesTheFirstFiveAndCountsTheRest()
    {
        WeightsFormatException error = Refused(tensors =>
        {
            for (int i = 0; i < 8; i++)
            {
                tensors.Add($"features.2.other.{i}", new([1], [0]));
            }
        });

        Assert.AreEqual(WeightsFormatError.UnexpectedTensor, error.Error);
        Assert.Contains("'features.2.other.0', 'features.2.other.1', 'features.2.other.2', 'features.2.other.3', 'features.2.other.4' and 3 more", error.Message);
    }

    [TestMethod]
    public void FromStream_AnotherWidthThanTheMetadataSay_NamesTensorAndBothShapes()
    {
        WeightsFormatException error = Refused(_ => { }, (Width, "1.4"));

        Assert.AreEqual(WeightsFormatError.ShapeMismatch, error.Error);
        Assert.Contains("tensor 'features.0.0.weight' has shape (16, 3, 3, 3); expected (48, 3, 3, 3)", error.Message);
    }

    [TestMethod]
    [DataRow("features.3.conv.1.1.running_var", new[] { 1 })]
    public void FromStream_WrongShape_NamesTheTensor(string name, int[] shape)
    {
        WeightsFormatException error = Refused(
            tensors => tensors[name] = new(shape, new float[shape.Aggregate(1, (product, dimension) => product * dimension)]), (Width, "0.35"));

        Assert.AreEqual(WeightsFormatError.ShapeMismatch, error.Error);
        Assert.Contains($"tensor '{name}' has shape ({string.Join(", ", shape)})", error.Message);
    }

    [TestMethod]
    [DataRow(float.NaN)]
    [DataRow(float.PositiveInfinity)]
    [DataRow(float.NegativeInfinity)]
    public void FromStream_NumberThatIsNotFinite_NamesTensorAndIndex(float value)
    {
        WeightsFormatException error = Refused(tensors => tensors["features.4.conv.2.weight"].Values[7] = value);

        Assert.AreEqual(WeightsFormatError.NotFinite, error.Error);
        Assert.Contains("tensor 'features.4.conv.2.weight'", error.Message);
        Assert.Contains("at index 7", error.Message);
    }

    [TestMethod]
    [DataRow(-1f)]
    [DataRow(-0.0001f)]
    public void FromStream_NegativeVariance_NamesTheTensor(float value)
    {
        WeightsFormatException error = Refused(tensors => tensors["features.4.conv.3.running_var"].Values[1] = value);

        Assert.AreEqual(WeightsFormatError.NotFinite, error.Error);
        Assert.Contains("tensor 'features.4.conv.3.running_var'", error.Message);
    }

    [TestMethod]
    public void FromStream_AnotherNetwork_SaysSo()
    {
        WeightsFormatException error = Refused(tensors =>
        {
            tensors.Clear();
            tensors.Add("layer1.0.conv1.weight", new([64, 64, 3, 3], new float[64 * 64 * 9]));
        });

        Assert.AreEqual(WeightsFormatError.ShapeMismatch, error.Error);
        Assert.Contains("not those of a MobileNetV2", error.Message);
    }

    [TestMethod]
    public void FromStream_PyTorchsBatchCounters_AreIgnored()
    {
        Dictionary<string, WeightTensor> tensors = SyntheticNetwork.Tensors(new(0.35f));
        tensors.Add("features.0.1.num_batches_tracked", new([], [3]));

        MobileNetV2Weights weights = SafetensorsBytes.Load(SafetensorsBytes.From(new("x", tensors, new Dictionary<string, string>())));

        Assert.AreEqual(10, weights.ClassCount);
    }

    private static WeightsFormatException Refused(Action<Dictionary<string, WeightTensor>> change, params (string Key, string Value)[] metadata)
    {
        Dictionary<string, WeightTensor> tensors = SyntheticNetwork.Tensors(new(0.35f));
        change(tensors);
        byte[] file = SafetensorsBytes.From(new("x", tensors, metadata.ToDictionary(pair => pair.Key, pair => pair.Value)));
        WeightsFormatException error = Assert.ThrowsExactly<WeightsFormatException>(() => SafetensorsBytes.Load(file));
        Assert.StartsWith("'x.safetensors': ", error.Message);
        return error;
    }
}
