using System.Text;
using Google.Protobuf;
using Microsoft.ML.MobileNetV2.OnnxFormat;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.Models;

/// <summary>Parts that are damaged under right checksums are refused with the documented exception, or make a classifier that works.</summary>
[TestClass]
public sealed class SavedModelMutationTests
{
    private const int Mutations = 1000;
    private const long MostBytesAllocated = 256 << 20;

    [TestMethod]
    [DataRow(true, DisplayName = "as an old version saved it, without a hash")]
    [DataRow(false, DisplayName = "as saved today")]
    public void Load_DamagedParts_AreRefusedOrWork(bool isOld)
    {
        ZipMutator mutator = SavedModelMutator.Create(isOld ? SavedZips.Old() : SavedZips.New());

        for (int seed = 0; seed < Mutations; seed++)
        {
            byte[] zip = mutator.Mutate(new FileMutator(seed));
            long before = GC.GetAllocatedBytesForCurrentThread();
            string message = MessageOf(zip);

            Assert.StartsWith("'stream' is not a saved model that classifies images: ", message, $"seed {seed}");
            Assert.IsLessThan(MostBytesAllocated, GC.GetAllocatedBytesForCurrentThread() - before, $"seed {seed}");
        }
    }

    [TestMethod]
    [DataRow(SavedZips.NetworkEntry)]
    [DataRow(SavedZips.SettingsEntry)]
    public void Load_TextInAGraphThatIsNoUtf8_IsRefused(string part)
    {
        byte[] zip = SavedZips.Edit(SavedZips.Old(), part, content =>
        {
            ModelProto model = ModelProto.Parser.ParseFrom(content, sizeof(int), content.Length - sizeof(int));
            model.ProducerName = "no UTF-8";
            byte[] bytes = model.ToByteArray();
            bytes[bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(model.ProducerName))] = 0xfd;
            return SavedZips.WithLength(bytes);
        });

        Assert.ThrowsExactly<InvalidDataException>(() => SavedZips.Scores(zip));
        Assert.ThrowsExactly<InvalidDataException>(() => new MLContext().Model.LoadWithMobileNetV2(new MemoryStream(zip), out _));
    }

    [TestMethod]
    [DataRow("Microsoft.ML.Data, ", "Microsoft.ML.Dada, ", DisplayName = "an assembly that is not there")]
    [DataRow("PublicKeyToken=cc7b13ff", "PublicKeyToken=xx7b13ff", DisplayName = "a name that is none")]
    public void LoadWithMobileNetV2_AssemblyThatCannotBeLoaded_IsRefused(string name, string by)
    {
        byte[] zip = SavedZips.Edit(SavedZips.Old(), "TransformerChain/Model.key", content => Replace(content, name, by));

        InvalidDataException error = Assert.ThrowsExactly<InvalidDataException>(
            () => new MLContext().Model.LoadWithMobileNetV2(new MemoryStream(zip), out _));

        Assert.StartsWith("'stream' cannot be loaded as a saved model: ", error.Message);
    }

    /// <summary>Replaces text as ML.NET writes it: two bytes for each character.</summary>
    private static byte[] Replace(byte[] content, string text, string by)
    {
        int start = content.AsSpan().IndexOf(Encoding.Unicode.GetBytes(text));
        Assert.IsGreaterThanOrEqualTo(0, start);
        Encoding.Unicode.GetBytes(by).CopyTo(content, start);
        return content;
    }

    private static string MessageOf(byte[] zip)
    {
        const string None = "'stream' is not a saved model that classifies images: but it is.";
        try
        {
            SavedZips.Scores(zip);
            return None;
        }
        catch (InvalidDataException e)
        {
            return e.Message;
        }
    }
}
