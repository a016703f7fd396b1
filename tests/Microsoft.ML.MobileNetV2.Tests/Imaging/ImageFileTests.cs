using System.Diagnostics;
using Microsoft.ML.MobileNetV2.Imaging;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.Imaging;

[TestClass]
public sealed class ImageFileTests : IDisposable
{
    private static readonly ImagePreprocessor Preprocessor = new(new ImagePreprocessing { InputSize = 32 });
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mobilenetv2-imaging-");
    private readonly float[] _destination = new float[Preprocessor.PixelCount];

    public void Dispose() => _folder.Delete(recursive: true);

    [TestMethod]
    [DataRow("missing.jpg", DisplayName = "no such file")]
    [DataRow("no/such/folder.jpg", DisplayName = "no such folder")]
    public void ProcessFile_Missing_NamesThePath(string name)
    {
        string path = Path.Combine(_folder.FullName, name);

        FileNotFoundException exception = Assert.ThrowsExactly<FileNotFoundException>(() => Preprocessor.ProcessFile(path, view: null, _destination));

        Assert.AreEqual($"The image '{path}' does not exist.", exception.Message);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("  ")]
    [DataRow("a\0b")]
    public void ProcessFile_NoPath_Throws(string path)
        => Assert.ThrowsExactly<FileNotFoundException>(() => Preprocessor.ProcessFile(path, view: null, _destination));

    [TestMethod]
    [DataRow("https://example.com/a.jpg", "The image 'https://example.com/a.jpg' is an address, which is not read. Give the path of a file, or pass the bytes or a stream.")]
    [DataRow("file:///tmp/a.jpg", "The image 'file:///tmp/a.jpg' is an address, which is not read. Give the path of a file, or pass the bytes or a stream.")]
    [DataRow("~/a.jpg", "The image '~/a.jpg' does not exist: '~' is not replaced. Write out the home folder.")]
    public void ProcessFile_AddressOrHomeFolder_SaysThatItIsNotRead(string path, string expected)
        => Assert.AreEqual(expected, Assert.ThrowsExactly<FileNotFoundException>(() => Preprocessor.ProcessFile(path, view: null, _destination)).Message);

    [TestMethod]
    public void ProcessFile_ImageInAnAddress_IsNotRepeatedInTheMessage()
    {
        string path = $"data:image/png;base64,{Convert.ToBase64String(new byte[100_000])}";

        FileNotFoundException error = Assert.ThrowsExactly<FileNotFoundException>(() => Preprocessor.ProcessFile(path, view: null, _destination));

        Assert.StartsWith("The image 'data:image/png;base64,AAAA", error.Message);
        Assert.EndsWith("…' is an address, which is not read. Give the path of a file, or pass the bytes or a stream.", error.Message);
        Assert.IsLessThan(250, error.Message.Length);
    }

    [TestMethod]
    public void ProcessFile_Folder_Throws()
        => Assert.AreEqual($"'{_folder.FullName}': it is a folder; expected the file of an image.", Refusal(_folder.FullName));

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    [DataRow(false, DisplayName = "itself")]
    [DataRow(true, DisplayName = "through a link")]
    [Timeout(60_000, CooperativeCancellation = true)]
    public void ProcessFile_Pipe_ThrowsAtOnce(bool isLink)
    {
        string pipe = Path.Combine(_folder.FullName, "pipe.jpg");
        using Process process = Process.Start("mkfifo", [pipe]);
        process.WaitForExit();
        string path = isLink ? File.CreateSymbolicLink(Path.Combine(_folder.FullName, "link.jpg"), pipe).FullName : pipe;

        Assert.AreEqual($"'{path}': the file is empty, or a pipe or device; expected an image. Copy or download the file again.", Refusal(path));
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    [DataRow("/dev/zero")]
    [DataRow("/dev/null")]
    public void ProcessFile_Device_ThrowsAtOnce(string path)
        => Assert.Contains("a pipe or device; expected an image", Refusal(path));

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    public void ProcessFile_LinkToAnImage_ReadsIt()
    {
        string path = Path.Combine(_folder.FullName, "image.png");
        File.WriteAllBytes(path, TestImages.Png(8, 8, TestImages.Noise));
        string link = File.CreateSymbolicLink(Path.Combine(_folder.FullName, "link.png"), path).FullName;
        float[] expected = new float[_destination.Length];
        Preprocessor.ProcessFile(path, view: null, expected);

        Preprocessor.ProcessFile(link, view: null, _destination);

        Assert.AreSequenceEqual(expected, _destination);
    }

    [TestMethod]
    public void ProcessFile_NameTooLong_IsMissing()
        => Assert.ThrowsExactly<FileNotFoundException>(() => Preprocessor.ProcessFile(new string('a', 5000), view: null, _destination));

    [TestMethod]
    [DataRow(true, DisplayName = "after success")]
    [DataRow(false, DisplayName = "after failure")]
    public void ProcessFile_LeavesNoFileOpen(bool isImage)
    {
        string path = Path.Combine(_folder.FullName, "image.png");
        File.WriteAllBytes(path, isImage ? TestImages.Png(8, 8, TestImages.Noise) : [1, 2, 3]);

        if (isImage)
        {
            Preprocessor.ProcessFile(path, view: null, _destination);
        }
        else
        {
            Assert.ThrowsExactly<ImageDecodingException>(() => Preprocessor.ProcessFile(path, view: null, _destination));
        }

        using FileStream exclusive = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        Assert.IsGreaterThan(0, exclusive.Length);
    }

    [TestMethod]
    [DataRow(true, DisplayName = "a stream that can seek, from its position on")]
    [DataRow(false, DisplayName = "a stream that cannot, longer than the first guess of its length")]
    public void ProcessStream_EqualsProcessEncoded(bool canSeek)
    {
        byte[] png = TestImages.Png(400, 400, TestImages.Noise);
        float[] expected = new float[Preprocessor.PixelCount];
        Preprocessor.ProcessEncoded(png, "test", view: null, expected);
        using MemoryStream seekable = new([1, 2, 3, .. png]) { Position = 3 };
        using Stream stream = canSeek ? seekable : new BufferedPipe(png);

        Preprocessor.ProcessStream(stream, "test", view: null, _destination);

        Assert.AreSequenceEqual(expected, _destination);
        Assert.IsTrue(stream.CanRead, "still open");
    }

    /// <summary>A stream without length that gives a little at a time, as a network does.</summary>
    private sealed class BufferedPipe(byte[] content) : MemoryStream(content)
    {
        private const int PacketSize = 1400;

        public override bool CanSeek => false;

        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, PacketSize)]);
    }

    private string Refusal(string path)
        => Assert.ThrowsExactly<ImageDecodingException>(() => Preprocessor.ProcessFile(path, view: null, _destination)).Message;
}
