using System.IO.Compression;
using System.Text;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;
using Microsoft.ML.MobileNetV2.Weights;

namespace Microsoft.ML.MobileNetV2.Tests.Weights;

/// <summary>Files that are not read say what they are and what to do.</summary>
[TestClass]
public sealed class ForeignFilesTests
{
    [TestMethod]
    [DataRow("\u001c\0\0\0TFL3\u0014\0", "TensorFlow Lite")]
    [DataRow("version https://git-lfs.github.com/spec/v1\noid sha256:00\n", "git lfs pull")]
    [DataRow("<!DOCTYPE html>\n<html></html>", "page of HTML")]
    [DataRow("\n  <html><body>404</body></html>", "page of HTML")]
    [DataRow("<?xml version=\"1.0\"?><Error/>", "XML")]
    [DataRow("\u001f\u008b\u0008\0", "gzip")]
    [DataRow("\u0093NUMPY\u0001", "NumPy")]
    [DataRow("\u0080\u0004\u0095\0\0\0\0\0\0\0\0}.", "pickle that PyTorch did not write")]
    [DataRow("GGUF\u0003\0\0\0", "GGUF")]
    [DataRow("neither this nor that", "formats that are read")]
    public void FromStream_ForeignFile_SaysWhatItIs(string start, string named) =>
        AssertNamed([.. Encoding.Latin1.GetBytes(start), .. new byte[600]], named);

    [TestMethod]
    [DataRow("TransformerChain/LoaderSignature", "saved by ML.NET, not weights. Load it with mlContext.Model.Load, LoadWithMobileNetV2 or ImageClassifier.Load.")]
    [DataRow("weights.npy", "NumPy")]
    [DataRow("export/saved_model.pb", "SavedModel")]
    [DataRow("inner.pth", "Unpack it")]
    [DataRow("image.jpg", "neither PyTorch nor Keras")]
    public void FromStream_ForeignZip_SaysWhatItIs(string entry, string named) => AssertNamed(Zip(entry), named);

    [TestMethod]
    public void FromStream_TorchScript_SaysWhatItIs() => AssertNamed(Zip("net/data.pkl", "net/constants.pkl", "net/code/x.py"), "TorchScript");

    private static void AssertNamed(byte[] file, string named)
    {
        WeightsFormatException error = Assert.ThrowsExactly<WeightsFormatException>(() => SafetensorsBytes.Load(file, "x.bin"));

        Assert.AreEqual(WeightsFormatError.UnknownFormat, error.Error);
        Assert.StartsWith("'x.bin': ", error.Message);
        Assert.Contains(named, error.Message);
    }

    private static byte[] Zip(params string[] names)
    {
        using MemoryStream stream = new();
        using (ZipArchive archive = new(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (string name in names)
            {
                archive.CreateEntry(name);
            }
        }

        return stream.ToArray();
    }
}
