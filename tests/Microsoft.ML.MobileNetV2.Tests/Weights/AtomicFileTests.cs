using Microsoft.ML.MobileNetV2.Tests.TestUtilities;
using Microsoft.ML.MobileNetV2.Weights;

namespace Microsoft.ML.MobileNetV2.Tests.Weights;

[TestClass]
public sealed class AtomicFileTests
{
    [TestMethod]
    public void Write_ToAFullDisk_KeepsTheOldFileAndNamesIt()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("weights.safetensors", "old"u8);

        IOException error = Assert.ThrowsExactly<IOException>(() => AtomicFile.Write(path, FindTheDiskFull));

        Assert.AreEqual($"'{path}' cannot be written: No space left on device.", error.Message);
        Assert.AreSequenceEqual(["weights.safetensors"], folder.FileNames());
        Assert.AreEqual("old", File.ReadAllText(path));
    }

    /// <summary>Fails as the system does, which names the file that it was given.</summary>
    private static void FindTheDiskFull(Stream stream)
    {
        stream.WriteByte(1);
        throw new IOException($"No space left on device : '{((FileStream)stream).Name}'");
    }
}
