using System.Globalization;
using System.IO.Compression;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Onnx;
using Microsoft.ML.MobileNetV2.OnnxFormat;

namespace Microsoft.ML.MobileNetV2.Models;

/// <summary>Puts featurizers with their parallel engine in place of the stock chains that a saved model has for them.</summary>
internal sealed class SavedModelReader(ZipArchive archive)
{
    private const string RootFolder = "TransformerChain";
    private const string NetworkEntry = "OnnxModel";

    /// <summary>Returns a model in which every saved featurizer is one of ours again.</summary>
    internal ITransformer Restore(ITransformer loaded) => Restore(loaded, RootFolder);

    private ITransformer Restore(ITransformer transformer, string folder)
    {
        if (transformer is not IEnumerable<ITransformer> chain)
        {
            return transformer;
        }

        ITransformer[] parts = [.. chain];
        if (Array.Exists(parts, part => part is OnnxTransformer) && TryRestoreFeaturizer(parts.Length, folder) is { } featurizer)
        {
            DisposeAll(parts);
            return featurizer;
        }

        return new TransformerChain<ITransformer>([.. parts.Select((part, index) => Restore(part, PartFolder(folder, index)))]);
    }

    private MobileNetV2FeaturizerTransformer? TryRestoreFeaturizer(int partCount, string folder)
    {
        for (int index = 0; index < partCount; index++)
        {
            string name = $"{PartFolder(folder, index)}/{NetworkEntry}";
            if (archive.GetEntry(name) is not { } entry)
            {
                continue;
            }

            if (SavedFeaturizer.TryRestore(ReadModel(entry), name) is { } featurizer)
            {
                return featurizer;
            }
        }

        return null;
    }

    /// <summary>Returns all ONNX models of a saved model with the names of their entries.</summary>
    /// <exception cref="InvalidDataException">An entry is damaged.</exception>
    internal static IEnumerable<(string Name, ModelProto Model)> ReadNetworks(ZipArchive archive) => archive.Entries
        .Where(entry => entry.FullName.EndsWith("/" + NetworkEntry, StringComparison.Ordinal))
        .Select(entry => (entry.FullName, ReadModel(entry)));

    /// <summary>Reads an entry as ML.NET writes byte arrays: a length, then the bytes.</summary>
    private static ModelProto ReadModel(ZipArchiveEntry entry)
    {
        using Stream stream = entry.Open();
        using BinaryReader reader = new(stream);
        int length = reader.ReadInt32();
        return length == entry.Length - sizeof(int)
            ? ModelProto.Parser.ParseFrom(reader.ReadBytes(length))
            : throw new InvalidDataException($"The saved model's entry '{entry.FullName}' has {entry.Length} bytes; expected {length + (long)sizeof(int)}.");
    }

    private static void DisposeAll(ITransformer[] parts)
    {
        foreach (IDisposable part in parts.OfType<IDisposable>())
        {
            part.Dispose();
        }
    }

    private static string PartFolder(string folder, int index) => string.Create(CultureInfo.InvariantCulture, $"{folder}/Transform_{index:000}");
}
