using System.Buffers.Binary;
using System.Globalization;

namespace Microsoft.ML.MobileNetV2.Models;

/// <summary>Follows the chain of transformers in a saved model as ML.NET does, without ML.NET.</summary>
internal sealed class ModelChain
{
    internal const string Root = "TransformerChain";

    private const string ChainLoader = "TransformerChain";
    private const int MaxDepth = 32;

    private readonly ModelArchive _archive;
    private readonly List<ModelPart> _parts = [];
    private readonly HashSet<string> _leaves = new(StringComparer.Ordinal);
    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);

    private ModelChain(ModelArchive archive) => _archive = archive;

    /// <summary>Returns the name of the folder of a transformer in a chain.</summary>
    internal static string PartFolder(string chainFolder, int index) => string.Create(CultureInfo.InvariantCulture, $"{chainFolder}/Transform_{index:000}");

    /// <summary>Returns the transformers of a saved model in order, those of chains inside of chains included; empty where it has none.</summary>
    /// <exception cref="InvalidDataException">A transformer is missing or damaged, or there are entries outside of the chain.</exception>
    internal static IReadOnlyList<ModelPart> Read(ModelArchive archive)
    {
        if (!archive.Contains($"{Root}/{ModelKey.EntryName}"))
        {
            return [];
        }

        ModelChain chain = new(archive);
        chain.Visit(new(string.Empty, 0, Root, string.Empty), depth: 0);
        chain.RequireNoOthers();
        return chain._parts;
    }

    private void Visit(ModelPart part, int depth)
    {
        string key = $"{part.Folder}/{ModelKey.EntryName}";
        if (depth > MaxDepth || !_archive.Contains(key))
        {
            throw new InvalidDataException($"its part '{key}' is missing.");
        }

        byte[] header = _archive.ReadStart(key, ModelKey.HeaderLength + sizeof(int));
        if (header.Length < ModelKey.HeaderLength + sizeof(int) || !ModelKey.IsHeader(header))
        {
            throw new InvalidDataException($"its part '{key}' is not the description of a transformer.");
        }

        string loader = ModelKey.LoaderIn(header);
        if (loader == ChainLoader)
        {
            _keys.Add(key);
            VisitChain(part.Folder, header, depth);
            return;
        }

        _leaves.Add(part.Folder);
        _parts.Add(part with { Loader = loader });
    }

    private void VisitChain(string folder, byte[] header, int depth)
    {
        if (ModelKey.ContentStartIn(header) != ModelKey.HeaderLength)
        {
            throw new InvalidDataException($"its part '{folder}/{ModelKey.EntryName}' is damaged.");
        }

        int count = BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(ModelKey.HeaderLength));
        for (int index = 0; index < count; index++)
        {
            Visit(new(folder, index, PartFolder(folder, index), string.Empty), depth + 1);
        }
    }

    private void RequireNoOthers()
    {
        string? other = _archive.Names.FirstOrDefault(name => !IsOfModelItself(name) && !_keys.Contains(name) && !IsInLeaf(name));
        if (other is not null)
        {
            throw new InvalidDataException($"its part '{other}' belongs to no transformer of the chain.");
        }
    }

    /// <summary>Returns whether ML.NET writes an entry for the model itself, or another program for a folder.</summary>
    private static bool IsOfModelItself(string name) =>
        name is "Schema" or ModelKey.EntryName || name.EndsWith('/') ||
        name.StartsWith("TrainingInfo/", StringComparison.Ordinal) || name.StartsWith("Loader/", StringComparison.Ordinal);

    private bool IsInLeaf(string name)
    {
        for (int end = name.LastIndexOf('/'); end > 0; end = name.LastIndexOf('/', end - 1))
        {
            if (_leaves.Contains(name[..end]))
            {
                return true;
            }
        }

        return false;
    }
}
