using System.Collections.Concurrent;

namespace Microsoft.ML.MobileNetV2;

/// <summary>Reads the features that earlier runs left in a folder, and writes new ones into a file of its own.</summary>
/// <remarks>No file is ever written by two processes, so none needs to wait for another.</remarks>
internal sealed class FolderFeatureStore : FeatureStore
{
    private const string Extension = ".features";
    private readonly Lock _lock = new();
    private readonly string _folder;
    private readonly FeatureFileFormat _format;
    private readonly List<FeatureFile> _files = [];
    private readonly ConcurrentDictionary<FeatureKey, (FeatureFile File, long Offset)> _places = new();
    private FeatureFile? _own;

    internal FolderFeatureStore(string folder, FeatureFileFormat format)
    {
        _folder = folder;
        _format = format;
        if (Directory.Exists(folder))
        {
            foreach (string path in Directory.EnumerateFiles(folder, "*" + Extension).Order(StringComparer.Ordinal))
            {
                AddFile(path);
            }
        }
    }

    internal override bool TryRead(FeatureKey key, Span<float> features)
    {
        try
        {
            return _places.TryGetValue(key, out (FeatureFile File, long Offset) place) && place.File.TryRead(place.Offset, key, features);
        }
        catch (IOException)
        {
            // What cannot be read is computed anew.
            return false;
        }
    }

    internal override void Add(FeatureKey key, ReadOnlySpan<float> features)
    {
        lock (_lock)
        {
            try
            {
                _own ??= CreateOwn();
                _places[key] = (_own, _own.Append(key, features));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Not as IOException, which would be taken as a picture that cannot be read.
                throw new InvalidOperationException(
                    $"The features cannot be written to the cache '{_folder}': {e.Message} What is there stays; the next run goes on from it.", e);
            }
        }
    }

    public override void Dispose()
    {
        _files.ForEach(file => file.Dispose());
        base.Dispose();
    }

    private void AddFile(string path)
    {
        if (FeatureFile.TryOpen(path, _format) is not { } file)
        {
            return;
        }

        _files.Add(file);
        foreach ((FeatureKey key, long offset) in file.ReadKeys())
        {
            _places[key] = (file, offset);
        }
    }

    private FeatureFile CreateOwn()
    {
        Directory.CreateDirectory(_folder);
        FeatureFile file = FeatureFile.Create(Path.Combine(_folder, Guid.NewGuid().ToString("N") + Extension), _format);
        _files.Add(file);
        return file;
    }
}
