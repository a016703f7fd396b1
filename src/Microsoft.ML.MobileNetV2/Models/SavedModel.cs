using System.IO.Compression;
using Microsoft.ML.MobileNetV2.Heads;
using Microsoft.ML.MobileNetV2.OnnxFormat;

namespace Microsoft.ML.MobileNetV2.Models;

/// <summary>Reads the networks in a .zip that ML.NET saved, without ML.NET.</summary>
internal static class SavedModel
{
    private const string NetworkEntry = "OnnxModel";

    /// <summary>Returns the network of the transformer that was saved in a folder; null where it is no network of this library.</summary>
    /// <exception cref="InvalidDataException">The entry is damaged.</exception>
    internal static SavedNetwork? TryReadNetwork(ZipArchive archive, string folder) =>
        archive.GetEntry($"{folder}/{NetworkEntry}") is { } entry ? SavedNetwork.TryRead(ReadOnnxModel(entry), entry.FullName) : null;

    /// <summary>Returns all networks of this library in a saved model.</summary>
    /// <exception cref="InvalidDataException">An entry is damaged.</exception>
    internal static IEnumerable<SavedNetwork> ReadNetworks(ZipArchive archive) =>
        ReadOnnxModels(archive).Select(pair => SavedNetwork.TryRead(pair.Model, pair.Name)).OfType<SavedNetwork>();

    /// <summary>Returns all heads in a saved model, each with the network that it is on; without one where it takes ready features.</summary>
    /// <exception cref="InvalidDataException">An entry is damaged.</exception>
    internal static IEnumerable<(NetworkHead Head, SavedNetwork? Network)> ReadHeads(ZipArchive archive)
    {
        foreach ((string name, ModelProto model) in ReadOnnxModels(archive))
        {
            if (HeadMetadata.TryRead(model) is { } head)
            {
                yield return (head, SavedNetwork.TryRead(model, name));
            }
        }
    }

    private static IEnumerable<(string Name, ModelProto Model)> ReadOnnxModels(ZipArchive archive) => archive.Entries
        .Where(entry => entry.FullName.EndsWith("/" + NetworkEntry, StringComparison.Ordinal))
        .Select(entry => (entry.FullName, ReadOnnxModel(entry)));

    /// <summary>Reads an entry as ML.NET writes byte arrays: a length, then the bytes.</summary>
    private static ModelProto ReadOnnxModel(ZipArchiveEntry entry)
    {
        using Stream stream = entry.Open();
        using BinaryReader reader = new(stream);
        int length = reader.ReadInt32();
        return length == entry.Length - sizeof(int)
            ? ModelProto.Parser.ParseFrom(reader.ReadBytes(length))
            : throw new InvalidDataException($"The saved model's entry '{entry.FullName}' has {entry.Length} bytes; expected {length + (long)sizeof(int)}.");
    }
}
