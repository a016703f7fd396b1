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
        ILookup<string, string> keys = KeysInside(archive, parts);
        return [.. parts.Select(part => ModelStep.Create(
            reader.TryRead($"{part.Folder}/{ModelKey.EntryName}"),
            part.Loader,
            keys[part.Folder].SelectMany(key => reader.TryRead(key)?.Texts ?? [])))];
    }

    /// <summary>Returns the descriptions of what transformers consist of, by the folders of the transformers.</summary>
    private static ILookup<string, string> KeysInside(ModelArchive archive, IReadOnlyList<ModelPart> parts)
    {
        HashSet<string> folders = parts.Select(part => part.Folder).ToHashSet(StringComparer.Ordinal);
        return archive.Names
            .Where(name => name.EndsWith($"/{ModelKey.EntryName}", StringComparison.Ordinal))
            .Select(name => (Name: name, Folder: FolderOf(name, folders)))
            .Where(key => key.Folder is not null && key.Name != $"{key.Folder}/{ModelKey.EntryName}")
            .ToLookup(key => key.Folder!, key => key.Name, StringComparer.Ordinal);
    }

    private static string? FolderOf(string name, HashSet<string> folders)
    {
        for (int end = name.LastIndexOf('/'); end > 0; end = name.LastIndexOf('/', end - 1))
        {
            if (folders.Contains(name[..end]))
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
