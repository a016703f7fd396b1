using System.IO.Compression;
using System.Text;

namespace Microsoft.ML.MobileNetV2.Tests.TestUtilities;

/// <summary>Edits saved models: .zip files in which every entry has the right checksum again.</summary>
internal static class SavedZips
{
    internal const string NetworkEntry = "TransformerChain/Transform_000/Transform_004/OnnxModel";
    internal const string SettingsEntry = "TransformerChain/Transform_000/Transform_002/OnnxModel";

    /// <summary>Returns the committed model of three classes, which an old version saved.</summary>
    internal static byte[] Old() => File.ReadAllBytes(Path.Combine(TestData.PathOf("SavedModels"), "multiclass.zip"));

    /// <summary>Returns the same model as it is saved today.</summary>
    internal static byte[] New()
    {
        MLContext context = new(1);
        using MemoryStream old = new(Old());
        ITransformer model = context.Model.LoadWithMobileNetV2(old, out DataViewSchema? schema);
        using MemoryStream stream = new();
        context.Model.Save(model, schema, stream);
        (model as IDisposable)?.Dispose();
        return stream.ToArray();
    }

    internal static byte[] Image() => File.ReadAllBytes(Path.Combine(TestData.PathOf("SavedModels"), "images", "05.png"));

    /// <summary>Returns the scores that a saved model gives for an image.</summary>
    internal static string Scores(byte[] zip)
    {
        using ImageClassifier classifier = ImageClassifier.Load(new MemoryStream(zip));
        return string.Join(' ', classifier.Predict(ImageSource.FromBytes(Image())).Scores);
    }

    internal static IReadOnlyList<(string Name, byte[] Content)> Entries(byte[] zip)
    {
        using ZipArchive archive = new(new MemoryStream(zip));
        return [.. archive.Entries.Select(entry => (entry.FullName, Read(entry)))];
    }

    internal static byte[] Create(IEnumerable<(string Name, byte[] Content)> entries, CompressionLevel level = CompressionLevel.NoCompression)
    {
        using MemoryStream stream = new();
        using (ZipArchive archive = new(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] content) in entries)
            {
                using Stream entry = archive.CreateEntry(name, level).Open();
                entry.Write(content);
            }
        }

        return stream.ToArray();
    }

    /// <summary>Returns a saved model with other content in one entry.</summary>
    internal static byte[] Edit(byte[] zip, string name, Func<byte[], byte[]> edit) =>
        Create(Entries(zip).Select(entry => (entry.Name, entry.Name == name ? edit(entry.Content) : entry.Content)));

    /// <summary>Returns a saved model in which a text of one entry is replaced by another of the same length, wherever it stands.</summary>
    internal static byte[] Replace(byte[] zip, string name, string text, string by)
    {
        int places = 0;
        byte[] edited = Edit(zip, name, content =>
        {
            byte[] from = Encoding.UTF8.GetBytes(text);
            byte[] to = Encoding.UTF8.GetBytes(by);
            Assert.HasCount(from.Length, to);
            for (int start = content.AsSpan().IndexOf(from); start >= 0; start = content.AsSpan().IndexOf(from))
            {
                to.CopyTo(content, start);
                places++;
            }

            return content;
        });
        Assert.IsGreaterThan(0, places, $"'{text}' stands nowhere in '{name}'.");
        return edited;
    }

    /// <summary>Returns what ML.NET writes for an array of bytes.</summary>
    internal static byte[] WithLength(byte[] content) => [.. BitConverter.GetBytes(content.Length), .. content];

    private static byte[] Read(ZipArchiveEntry entry)
    {
        using Stream stream = entry.Open();
        using MemoryStream content = new();
        stream.CopyTo(content);
        return content.ToArray();
    }
}
