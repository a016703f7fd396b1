using Microsoft.ML.MobileNetV2.Tests.TestUtilities;
using Microsoft.ML.MobileNetV2.Weights;

namespace Microsoft.ML.MobileNetV2.Tests.Weights;

[TestClass]
public sealed class AtomicFileTests
{
    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public void Write_MoreThanTheDiskTakes_KeepsTheOldFileAndNamesIt()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("weights.safetensors", "old"u8);

        IOException error = Assert.ThrowsExactly<IOException>(() => AtomicFile.Write(path, WriteBeyondTheDisk));

        Assert.MatchesRegex($"^'{path}' cannot be written: [A-Z][^:']+\\.$", error.Message);
        Assert.AreSequenceEqual(["weights.safetensors"], folder.FileNames());
        Assert.AreEqual("old", File.ReadAllText(path));
    }

    private static void WriteBeyondTheDisk(Stream stream)
    {
        stream.Position = long.MaxValue - 1;
        stream.WriteByte(1);
        stream.Flush();
    }
}
