using Google.Protobuf;
using Microsoft.ML.MobileNetV2.OnnxFormat;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.Models;

/// <summary>Whatever is wrong inside of a saved model, it is one documented exception, which names the file and the part.</summary>
[TestClass]
public sealed class SavedModelMetadataTests
{
    [TestMethod]
    [DataRow("mobilenetv2.input_type", "mobilenetv2.input_typX", "lacks 'mobilenetv2.input_type'")]
    [DataRow("mobilenetv2.output_names", "mobilenetv2.output_nameX", "lacks 'mobilenetv2.output_names'")]
    [DataRow("\"InputSize\":", "\"InputSizX\":", "settings cannot be read")]
    [DataRow("\"Preprocessing\":", "\"PreprocessinX\":", "settings cannot be read")]
    [DataRow("\"InputSize\":32", "\"InputSize\":31", "settings cannot be read")]
    [DataRow("\"MaxPixelCount\":1", "\"MaxPixelCount\":-", "settings cannot be read")]
    [DataRow("\"Throw\"", "\"Thraw\"", "settings cannot be read")]
    [DataRow("Relu,Softmax", "Relu,Softmux", "'Softmux'; expected one of")]
    [DataRow("Relu,Softmax", "Relu,0000007", "'0000007'; expected one of")]
    [DataRow("[\"few\",", "{\"few\",", "no list of names")]
    [DataRow("[\"few\",", "[ null,", "no list of names")]
    [DataRow("width_multiplier\u0012\u00040.05", "width_multiplier\u0012\u00049999", "metadata is not valid")]
    [DataRow("batch_norm_epsilon\u0012\u00051E-05", "batch_norm_epsilon\u0012\u00051E+99", "batch_norm_epsilon")]
    [DataRow("architecture\u0012\u000cmobilenet_v2", "architecture\u0012\u000cmobilenet_v3", "mobilenet_v3")]
    [DataRow("features.0.0.weight", "features.0.0.weighX", "features.0.0.weight")]
    [DataRow("head.1.weight", "head.2.weight", "'head.1.weight' is missing")]
    public void Load_OfAnEditedText_Refuses(string text, string by, string expected)
        => AssertRefused(SavedZips.Replace(SavedZips.Old(), SavedZips.NetworkEntry, text, by), expected);

    [TestMethod]
    public void Load_OfAnEmptyNetwork_Refuses()
    {
        AssertRefused(Network(_ => new byte[4]), "states another length");
        AssertRefused(Network(_ => []), "no network that classifies", "states another length");
    }

    [TestMethod]
    public void Load_OfAnEditedNetwork_Refuses()
    {
        AssertRefused(Model(model => model.Graph = null), "it has no graph");
        AssertRefused(Model(model => model.Graph.Initializer.RemoveAt(3)), "missing", "another length", "graph is not the one");
        AssertRefused(Model(model => model.Graph.Initializer.Add(model.Graph.Initializer[3].Clone())), "two tensors");
        AssertRefused(Model(model => model.MetadataProps.Add(model.MetadataProps[0].Clone())), "two values");
        AssertRefused(Model(model => Tensor(model, "head.1.weight").Dims[0] = long.MaxValue), "as many numbers");
        AssertRefused(Model(model => Tensor(model, "head.1.weight").Dims[0] = -1), "as many numbers");
        AssertRefused(Model(model => Tensor(model, "head.1.weight").Dims.Add(1)), "expected (units, inputs)");
        AssertRefused(Model(model => Tensor(model, "features.0.0.bias").RawData = ByteString.Empty), "as many numbers");
        AssertRefused(Model(model => Tensor(model, "features.0.0.bias").DataType = 11), "as many numbers");
    }

    [TestMethod]
    [DataRow(float.NaN)]
    [DataRow(float.PositiveInfinity)]
    [DataRow(float.NegativeInfinity)]
    [DataRow(3e38f)]
    [DataRow(-1e31f)]
    public void Load_OfAbsurdWeights_Refuses(float value)
    {
        foreach (string name in new[] { "head.0.weight", "head.0.bias", "head.1.weight", "head.1.bias", "features.0.0.weight", "features.0.0.bias" })
        {
            AssertRefused(Model(model => SetLast(Tensor(model, name), value)), name);
        }
    }

    [TestMethod]
    public void Load_OfAWholeModel_LoadsItAfterParsingAndWritingItAgain()
        => Assert.AreEqual(SavedZips.Scores(SavedZips.Old()), SavedZips.Scores(Model(_ => { })));

    private static byte[] Network(Func<byte[], byte[]> edit) => SavedZips.Edit(SavedZips.Old(), SavedZips.NetworkEntry, edit);

    private static byte[] Model(Action<ModelProto> edit) => Network(content =>
    {
        ModelProto model = ModelProto.Parser.ParseFrom(content, sizeof(int), content.Length - sizeof(int));
        edit(model);
        return SavedZips.WithLength(model.ToByteArray());
    });

    private static TensorProto Tensor(ModelProto model, string name) => model.Graph.Initializer.Single(tensor => tensor.Name == name);

    private static void SetLast(TensorProto tensor, float value)
    {
        byte[] data = tensor.RawData.ToByteArray();
        BitConverter.TryWriteBytes(data.AsSpan(data.Length - sizeof(float)), value);
        tensor.RawData = ByteString.CopyFrom(data);
    }

    private static void AssertRefused(byte[] zip, params string[] reasons)
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("edited.zip", zip);

        InvalidDataException byClassifier = Assert.ThrowsExactly<InvalidDataException>(() => ImageClassifier.Load(path));
        InvalidDataException byLoader = Assert.ThrowsExactly<InvalidDataException>(() => new MLContext().Model.LoadWithMobileNetV2(path, out _));

        foreach (InvalidDataException error in new[] { byClassifier, byLoader })
        {
            Assert.StartsWith($"'{path}' ", error.Message);
            Assert.IsNotNull(error.InnerException);
            Assert.IsNotEmpty(reasons.Where(reason => error.Message.Contains(reason, StringComparison.Ordinal)), error.Message);
        }
    }
}
