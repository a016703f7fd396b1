using System.Text;
using Microsoft.ML.MobileNetV2.Imaging;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.Imaging;

/// <summary>Only the documented formats are read; the message names another one where it is known.</summary>
[TestClass]
public sealed class ImageFormatTests
{
    private static readonly ImagePreprocessor Preprocessor = new(new ImagePreprocessing { InputSize = 32 });

    [TestMethod]
    [DataRow("0000001c667479706865696300000000", "a HEIC image")]
    [DataRow("0000001c667479706d69663100000000", "a HEIC image")]
    [DataRow("0000001c667479706865766300000000", "a HEIC image")]
    [DataRow("0000001c667479706176696600000000", "an AVIF image")]
    [DataRow("0000001c667479706d70343200000000", "a video")]
    [DataRow("ff0afa3f", "a JPEG XL image")]
    [DataRow("0000000c4a584c200d0a870a", "a JPEG XL image")]
    [DataRow("0000000c6a5020200d0a870a", "a JPEG 2000 image")]
    [DataRow("ff4fff51002f0000", "a JPEG 2000 image")]
    [DataRow("49492a0008000000", "a TIFF image")]
    [DataRow("4d4d002a00000008", "a TIFF image")]
    [DataRow("49492b0008000000", "a TIFF image")]
    [DataRow("000001000100101000000100", "an icon")]
    [DataRow("255044462d312e37", "a PDF document")]
    public void ProcessEncoded_OfAKnownFormatThatIsNotRead_NamesIt(string start, string name)
    {
        string message = Refusal([.. Convert.FromHexString(start), .. new byte[200]]);

        Assert.StartsWith($"'file.jpg': the content is {name}", message);
        Assert.EndsWith("which is not read (JPEG, PNG, WebP, BMP, GIF are). Convert it to JPEG or PNG.", message);
    }

    [TestMethod]
    public void ProcessEncoded_OfAWirelessBitmap_Refuses()
    {
        Random random = new(3);
        Assert.Contains("not an image in a format that can be read", Refusal([0, 0, 16, 16, .. new byte[32]]));
        for (int i = 0; i < 300; i++)
        {
            byte[] content = new byte[5000];
            random.NextBytes(content);
            (content[0], content[1], content[2], content[3]) = (0, 0, (byte)random.Next(128), (byte)random.Next(128));

            Assert.Contains("not an image in a format that can be read", Refusal(content));
        }
    }

    [TestMethod]
    public void ProcessEncoded_OfAnIcon_Refuses()
    {
        byte[] png = TestImages.Png(16, 16, TestImages.Noise);
        byte[] icon =
        [
            0, 0, 1, 0, 1, 0, 16, 16, 0, 0, 1, 0, 32, 0, .. BitConverter.GetBytes(png.Length), .. BitConverter.GetBytes(22), .. png,
        ];

        Assert.Contains("an icon (ICO)", Refusal(icon));
    }

    [TestMethod]
    public void ProcessEncoded_OfText_DoesNotGuess()
        => Assert.Contains("not an image in a format that can be read", Refusal(Encoding.UTF8.GetBytes("<html>404 not found, but long enough</html>")));

    private static string Refusal(byte[] encoded) => Assert.ThrowsExactly<ImageDecodingException>(
        () => Preprocessor.ProcessEncoded(encoded, "file.jpg", view: null, new float[Preprocessor.PixelCount])).Message;
}
