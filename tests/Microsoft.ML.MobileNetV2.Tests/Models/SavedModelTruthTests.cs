using Google.Protobuf;
using Microsoft.ML.MobileNetV2.OnnxFormat;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.Models;

/// <summary>What a saved model says in two places must be the same in both, because different loaders read different ones.</summary>
[TestClass]
public sealed class SavedModelTruthTests
{
    [TestMethod]
    [DataRow(SavedZips.NetworkEntry)]
    [DataRow(SavedZips.SettingsEntry)]
    public void Load_OfSettingsThatDiffer_Refuses(string entry)
    {
        AssertRefused(SavedZips.Replace(SavedZips.Old(), entry, "\"Red\":0.485", "\"Red\":0.985"), "settings");
        AssertRefused(SavedZips.Replace(SavedZips.Old(), entry, "\"Resize\":\"Stretch\"", "\"Resize\":\"Pad\"    "), "settings");
    }

    [TestMethod]
    public void Load_OfSettingsEditedAlikeInBothPlaces_LoadsThem()
    {
        byte[] edited = SavedZips.Replace(SavedZips.Old(), SavedZips.NetworkEntry, "\"Red\":0.485", "\"Red\":0.985");
        edited = SavedZips.Replace(edited, SavedZips.SettingsEntry, "\"Red\":0.485", "\"Red\":0.985");

        using ImageClassifier classifier = ImageClassifier.Load(new MemoryStream(edited));

        Assert.AreEqual(0.985f, classifier.Preprocessing.Mean.Red);
    }

    [TestMethod]
    public void Load_OfSettingsEditedAlikeInAModelOfToday_FindsTheOtherHash()
    {
        byte[] edited = SavedZips.Replace(SavedZips.New(), SavedZips.NetworkEntry, "\"Red\":0.485", "\"Red\":0.985");

        AssertRefused(SavedZips.Replace(edited, SavedZips.SettingsEntry, "\"Red\":0.485", "\"Red\":0.985"), "SHA-256");
    }

    [TestMethod]
    [DataRow("pads")]
    [DataRow("strides")]
    [DataRow("operator")]
    [DataRow("shortcut")]
    [DataRow("limit")]
    [DataRow("names")]
    [DataRow("class order")]
    [DataRow("input size")]
    [DataRow("node removed")]
    public void Load_OfAGraphThatDiffers_Refuses(string what)
        => AssertRefused(
            SavedZips.Edit(SavedZips.Old(), SavedZips.NetworkEntry, content =>
            {
                ModelProto model = ModelProto.Parser.ParseFrom(content, sizeof(int), content.Length - sizeof(int));
                Change(model.Graph, what);
                return SavedZips.WithLength(model.ToByteArray());
            }),
            "its graph is not the one that belongs to its weights and settings");

    [TestMethod]
    public void Load_OfMetadataThatDifferFromTheGraph_Refuses()
    {
        AssertRefused(SavedZips.Replace(SavedZips.Old(), SavedZips.NetworkEntry, "Relu,Softmax", "Relu,Sigmoid"), "graph");
        AssertRefused(SavedZips.Replace(SavedZips.Old(), SavedZips.NetworkEntry, "[\"few\",\"many\"", "[\"many\",\"few\""), "graph");
    }

    [TestMethod]
    [DataRow("unused/OnnxModel")]
    [DataRow("TransformerChain/OnnxModel")]
    [DataRow("TransformerChain/Transform_000/OnnxModel")]
    [DataRow("TransformerChain/Transform_009/OnnxModel")]
    [DataRow("TransformerChain/Transform_000/Transform_006/OnnxModel")]
    [DataRow("OnnxModel")]
    [DataRow("../OnnxModel")]
    public void Load_OfAnEntryOutsideOfTheChain_Refuses(string name)
    {
        IReadOnlyList<(string Name, byte[] Content)> entries = SavedZips.Entries(SavedZips.Old());
        byte[] network = entries.Single(entry => entry.Name == SavedZips.NetworkEntry).Content;

        AssertRefused(SavedZips.Create([(name, network), .. entries]), $"'{name}' belongs to no transformer");
    }

    [TestMethod]
    public void Load_OfTwoEntriesOfOneName_Refuses()
    {
        IReadOnlyList<(string Name, byte[] Content)> entries = SavedZips.Entries(SavedZips.Old());

        AssertRefused(SavedZips.Create([.. entries, entries.Single(entry => entry.Name == SavedZips.NetworkEntry)]), "two parts");
        AssertRefused(SavedZips.Create([.. entries, (SavedZips.NetworkEntry.Replace('/', '\\'), [1])]), "two parts");
    }

    [TestMethod]
    public void Load_OfAMissingTransformer_Refuses()
        => AssertRefused(
            SavedZips.Create(SavedZips.Entries(SavedZips.Old()).Where(entry => !entry.Name.StartsWith("TransformerChain/Transform_002", StringComparison.Ordinal))),
            "'TransformerChain/Transform_002/Model.key' is missing");

    [TestMethod]
    public void Load_OfBackslashesAsOnWindows_GivesEqualScores()
    {
        byte[] renamed = SavedZips.Create(SavedZips.Entries(SavedZips.New()).Select(entry => (entry.Name.Replace('/', '\\'), entry.Content)));

        Assert.AreEqual(SavedZips.Scores(SavedZips.New()), SavedZips.Scores(renamed));
    }

    private static void Change(GraphProto graph, string what)
    {
        switch (what)
        {
            case "pads" or "strides":
                graph.Node.First(node => node.OpType == "Conv").Attribute.Single(attribute => attribute.Name == what).Ints[0]++;
                break;
            case "operator":
                graph.Node.First(node => node.OpType == "GlobalAveragePool").OpType = "GlobalMaxPool";
                break;
            case "shortcut":
                graph.Node.First(node => node.OpType == "Add").OpType = "Sub";
                break;
            case "limit":
                graph.Initializer.Single(tensor => tensor.Name == "six").RawData = ByteString.CopyFrom(BitConverter.GetBytes(3f));
                break;
            case "input size":
                graph.Initializer.First(tensor => tensor.Name.EndsWith(".shape", StringComparison.Ordinal)).RawData =
                    ByteString.CopyFrom([.. BitConverter.GetBytes(1L), .. BitConverter.GetBytes(3L), .. BitConverter.GetBytes(64L), .. BitConverter.GetBytes(16L)]);
                break;
            case "node removed":
                graph.Node.RemoveAt(2);
                break;
            default:
                var names = graph.Node.Single(node => node.OpType == "LabelEncoder").Attribute.Single(attribute => attribute.Name == "keys_strings").Strings;
                (names[0], names[1]) = what == "names" ? (ByteString.CopyFromUtf8("x"), names[1]) : (names[1], names[0]);
                break;
        }
    }

    private static void AssertRefused(byte[] zip, string reason)
    {
        InvalidDataException byClassifier = Assert.ThrowsExactly<InvalidDataException>(() => ImageClassifier.Load(new MemoryStream(zip)));
        InvalidDataException byLoader = Assert.ThrowsExactly<InvalidDataException>(() => new MLContext().Model.LoadWithMobileNetV2(new MemoryStream(zip), out _));

        Assert.Contains(reason, byClassifier.Message);
        Assert.Contains(reason, byLoader.Message);
    }
}
