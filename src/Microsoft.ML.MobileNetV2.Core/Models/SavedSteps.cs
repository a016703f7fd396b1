namespace Microsoft.ML.MobileNetV2.Models;

/// <summary>Describes the transformers of a saved model, without ML.NET.</summary>
internal static class SavedSteps
{
    /// <summary>Returns the transformers in the order of the parts.</summary>
    /// <param name="archive">The saved model.</param>
    /// <param name="parts">The parts of its chain.</param>
    /// <exception cref="InvalidDataException">They have more texts than columns have names.</exception>
    internal static ModelStep[] List(ModelArchive archive, IReadOnlyList<ModelPart> parts)
    {
        KeyReader reader = new(archive);
        Dictionary<string, List<string>> keys = KeysInside(archive, parts);
        return [.. parts.Select(part => ModelStep.Create(
            reader.TryRead($"{part.Folder}/{ModelKey.EntryName}"),
            part.Loader,
            keys[part.Folder].SelectMany(key => reader.TryRead(key)?.Texts ?? [])))];
    }

    /// <summary>Returns the descriptions of what transformers consist of, by the folders of the transformers.</summary>
    private static Dictionary<string, List<string>> KeysInside(ModelArchive archive, IReadOnlyList<ModelPart> parts)
    {
        Dictionary<string, List<string>> keys = new(StringComparer.Ordinal);
        foreach (ModelPart part in parts)
        {
            keys[part.Folder] = [];
        }

        foreach (string name in archive.Names)
        {
            if (name.EndsWith($"/{ModelKey.EntryName}", StringComparison.Ordinal) && FolderOf(name, keys) is { } folder && name != $"{folder}/{ModelKey.EntryName}")
            {
                keys[folder].Add(name);
            }
        }

        return keys;
    }

    private static string? FolderOf(string name, Dictionary<string, List<string>> folders)
    {
        for (int end = name.LastIndexOf('/'); end > 0; end = name.LastIndexOf('/', end - 1))
        {
            if (folders.ContainsKey(name[..end]))
            {
                return name[..end];
            }
        }

        return null;
    }

    /// <summary>Reads descriptions; a text takes much more memory than its length in the file.</summary>
    private sealed class KeyReader(ModelArchive archive)
    {
        private const int MaxTextCount = 1 << 17;
        private int _textCount;

        internal ModelKey? TryRead(string name)
        {
            using Stream stream = archive.Open(name);
            ModelKey? key = ModelKey.TryRead(stream);
            _textCount += key?.Texts.Count ?? 0;
            return _textCount <= MaxTextCount ? key : throw new InvalidDataException(
                $"the descriptions of its transformers have more than {MaxTextCount} texts, '{name}' among them.");
        }
    }
}
