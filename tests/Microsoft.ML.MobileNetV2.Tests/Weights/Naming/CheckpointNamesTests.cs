using Microsoft.ML.MobileNetV2.Tests.TestUtilities;
using Microsoft.ML.MobileNetV2.Weights;

namespace Microsoft.ML.MobileNetV2.Tests.Weights.Naming;

/// <summary>Networks under names of which only a part is known, or none, and with every kind of head.</summary>
[TestClass]
public sealed class CheckpointNamesTests
{
    private const int Features = 1280;
    private static readonly Checkpoint Network = SyntheticNetwork.Create(0.35f).Checkpoint;
    private static readonly Checkpoint Backbone = SyntheticNetwork.Create(0.35f, classCount: 0).Checkpoint;

    [TestMethod]
    [DataRow("flat, conv")]
    [DataRow("flat, features.18")]
    [DataRow("Hugging Face")]
    [DataRow("Keras 3")]
    public void FromStream_NamesOfOtherPrograms_GiveTheNetwork(string program)
    {
        CheckpointNaming naming = program switch
        {
            "flat, conv" => new FlatNaming("conv"),
            "flat, features.18" => new FlatNaming("features.18"),
            "Keras 3" => new Keras3Naming(),
            _ => new HuggingFaceNaming(),
        };
        Checkpoint renamed = ForeignNetwork.Rename(Backbone, naming, new(0.35f));

        foreach (string prefix in new[] { string.Empty, "model.", "layers/" })
        {
            CheckpointAssert.SameBits(Backbone, Load(WithPrefix(renamed, prefix)).Checkpoint);
        }
    }

    [TestMethod]
    [DataRow("{0}.0", "{0}.1", DisplayName = "numbers")]
    [DataRow("layer{0}/kernel", "layer{0}/norm", DisplayName = "words")]
    public void FromStream_UnknownNamesInOrder_GiveTheNetwork(string conv, string batchNorm)
    {
        MobileNetV2Weights weights = Load(Anonymous(Network, conv, batchNorm));

        CheckpointAssert.SameBits(Network, weights.Checkpoint);
    }

    [TestMethod]
    public void FromStream_UnknownNamesOfAFoldedNetwork_GiveTheNetwork()
    {
        Checkpoint folded = FoldedNetwork.Fold(SyntheticNetwork.Create(0.35f));

        CheckpointAssert.SameBits(folded, Load(Anonymous(folded, "op{0}", "never{0}")).Checkpoint);
    }

    [TestMethod]
    public void FromStream_TwoOrders_AreRefused()
    {
        // The blocks of a stage have the same shapes: by number they stand otherwise than in the file.
        KeyValuePair<string, WeightTensor>[] tensors = [.. Anonymous(Network, "{0}.0", "{0}.1").Tensors];
        Dictionary<string, string> swapped = new() { ["22"] = "25", ["25"] = "22", ["23"] = "26", ["26"] = "23", ["24"] = "27", ["27"] = "24" };
        Checkpoint other = Network with
        {
            Tensors = tensors.ToDictionary(pair => string.Join('.', pair.Key.Split('.').Select((part, i) => i == 0 ? swapped.GetValueOrDefault(part, part) : part)), pair => pair.Value),
        };

        WeightsFormatException error = Assert.ThrowsExactly<WeightsFormatException>(
            () => new MobileNetV2Weights(CheckpointNames.Translate(other), new() { Architecture = new(0.35f) }));

        Assert.Contains("not certain", error.Message);
    }

    [TestMethod]
    public void FromStream_TwoNetworks_AreRefused()
    {
        Checkpoint both = Network with
        {
            Tensors = Network.Tensors.SelectMany(pair => new[] { KeyValuePair.Create($"student.{pair.Key}", pair.Value), KeyValuePair.Create($"teacher.{pair.Key}", pair.Value) })
                .ToDictionary(StringComparer.Ordinal),
        };

        WeightsFormatException error = Assert.ThrowsExactly<WeightsFormatException>(() => Load(both));

        Assert.Contains("2 networks, under 'student.' and 'teacher.'", error.Message);
    }

    [TestMethod]
    [DataRow("classifier")]
    [DataRow("classifier.0")]
    [DataRow("classifier.2")]
    [DataRow("fc")]
    [DataRow("head.linear")]
    public void FromStream_OneDenseLayer_IsTheClassifier(string name)
    {
        foreach (bool hasBias in new[] { true, false })
        {
            MobileNetV2Weights weights = Load(WithHead(Backbone, hasBias ? [(name + ".weight", [3, Features]), (name + ".bias", [3])] : [(name + ".weight", [3, Features])]));

            Assert.AreEqual(3, weights.ClassCount);
            Assert.IsEmpty(weights.Description.IgnoredTensors);
        }
    }

    [TestMethod]
    [DataRow("dense")]
    [DataRow("dense_1")]
    [DataRow("logits")]
    public void FromStream_DenseLayerOfKeras_IsTheClassifier(string name)
    {
        Checkpoint keras = ForeignNetwork.Rename(Backbone, new KerasNaming(), new(0.35f));

        MobileNetV2Weights weights = Load(WithHead(keras, [($"{name}/kernel", [Features, 3]), ($"{name}/bias", [3])]));

        Assert.AreEqual(3, weights.ClassCount);
        Assert.HasCount(3 * Features, weights.GetClassifier().Weight);
    }

    [TestMethod]
    public void FromStream_HeadOfSeveralLayers_IsLeftOutAndListed()
    {
        (string, int[])[][] heads =
        [
            [("classifier.1.weight", [8, Features]), ("classifier.1.bias", [8]), ("classifier.3.weight", [3, 8]), ("classifier.3.bias", [3])],
            [("classifier.1.weight", [Features]), ("classifier.1.bias", [Features]), ("classifier.1.running_mean", [Features]), ("classifier.2.weight", [3, Features])],
            [("age.weight", [1, Features]), ("gender.weight", [2, Features])],
            [("classifier.1.weight", [3, 2 * Features])],
        ];
        foreach ((string Name, int[] Shape)[] head in heads)
        {
            MobileNetV2Weights weights = Load(WithHead(Backbone, head));

            Assert.AreEqual(0, weights.ClassCount);
            Assert.AreSequenceEqual(head.Select(tensor => tensor.Name).Order(StringComparer.Ordinal), weights.Description.IgnoredTensors.Order(StringComparer.Ordinal));
            CheckpointAssert.SameBits(Backbone, weights.Checkpoint);
        }
    }

    [TestMethod]
    public void FromStream_TensorOfALoss_IsLeftOutAndTheClassifierKept()
    {
        Checkpoint lightning = WithHead(WithPrefix(Network, "model."), [("criterion.weight", [SyntheticNetwork.ClassCount])]);

        MobileNetV2Weights weights = Load(lightning);

        CheckpointAssert.SameBits(Network, weights.Checkpoint);
        Assert.AreSequenceEqual(["criterion.weight"], weights.Description.IgnoredTensors);
    }

    private static Checkpoint WithPrefix(Checkpoint checkpoint, string prefix) =>
        checkpoint with { Tensors = checkpoint.Tensors.ToDictionary(pair => $"{prefix}{pair.Key}", pair => pair.Value) };

    private static Checkpoint WithHead(Checkpoint checkpoint, IEnumerable<(string Name, int[] Shape)> head) => checkpoint with
    {
        Tensors = checkpoint.Tensors
            .Concat(head.Select(tensor => KeyValuePair.Create(tensor.Name, new WeightTensor(tensor.Shape, new float[tensor.Shape.Aggregate(1, (product, length) => product * length)]))))
            .ToDictionary(StringComparer.Ordinal),
    };

    /// <summary>Names each convolution and its batch norm by a number alone; the classifier keeps its name.</summary>
    private static Checkpoint Anonymous(Checkpoint network, string conv, string batchNorm)
    {
        Dictionary<string, WeightTensor> tensors = [];
        int index = 0;
        foreach (var layer in new MobileNetV2Architecture(0.35f).ConvLayers)
        {
            foreach ((string name, WeightTensor tensor) in network.Tensors.Where(pair => pair.Key[..pair.Key.LastIndexOf('.')] == layer.Name || pair.Key[..pair.Key.LastIndexOf('.')] == layer.BatchNormName))
            {
                string place = name.StartsWith($"{layer.BatchNormName}.", StringComparison.Ordinal) ? batchNorm : conv;
                tensors.Add(string.Format(System.Globalization.CultureInfo.InvariantCulture, place, index) + name[name.LastIndexOf('.')..], tensor);
            }

            index++;
        }

        foreach ((string name, WeightTensor tensor) in network.Tensors.Where(pair => pair.Key.StartsWith("classifier", StringComparison.Ordinal)))
        {
            tensors.Add(name, tensor);
        }

        return network with { Tensors = tensors, Metadata = new Dictionary<string, string>() };
    }

    private static MobileNetV2Weights Load(Checkpoint checkpoint) => SafetensorsBytes.Load(TorchBytes.Zip(checkpoint with { Metadata = new Dictionary<string, string>() }));
}
