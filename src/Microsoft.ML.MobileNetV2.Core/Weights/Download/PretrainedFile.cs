namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Reads the file of a catalog entry: from the cache folder, after a download where it is not there.</summary>
internal sealed class PretrainedFile
{
    private readonly PretrainedWeights _entry;
    private readonly WeightsDownloadOptions _options;
    private readonly CachedFile _file;
    private readonly DownloadReport _report;

    internal PretrainedFile(PretrainedWeights entry, WeightsDownloadOptions options, IProgress<DownloadProgress>? progress)
    {
        _entry = entry;
        _options = options;
        _file = new(Path.Combine(options.GetFolder(), entry.FileName), entry.Sha256Prefix);
        _report = new(
            new() { Name = entry.Name, Address = options.AddressOf(entry), TargetPath = _file.Path }, options.Progress, progress);
    }

    internal async Task<Checkpoint> ReadAsync(CancellationToken cancellationToken)
    {
        if (!_file.Exists)
        {
            RequireOnline();
            await DownloadOnceAsync(cancellationToken).ConfigureAwait(false);
        }

        using FileStream stream = WeightsFile.Open(_file.Path);
        string hash = _file.CheckHash(stream, _file.Path, "Delete the file, and it is downloaded again when it is needed.");
        Checkpoint checkpoint = Read(stream, _file.Path);
        RecordWhereAllowed(hash);
        return checkpoint;
    }

    /// <summary>Returns what to do on a machine that cannot download the file.</summary>
    internal static string WayOut(Uri address, string path) =>
        $"{ByHand(address, path)}, or set {WeightsDownloadOptions.MirrorVariable} to the address of a mirror.";

    private static string ByHand(Uri address, string path) => $"Get the file '{address}' on another machine and put it at '{path}'";

    private void RequireOnline()
    {
        if (_options.IsOffline)
        {
            throw new WeightsDownloadException(
                $"The weights '{_entry.Name}' are not in the cache, and {WeightsDownloadOptions.OfflineVariable} forbids to download them. " +
                $"{ByHand(_report.Address, _file.Path)}.")
            {
                Address = _report.Address,
            };
        }
    }

    private async Task DownloadOnceAsync(CancellationToken cancellationToken)
    {
        CreateFolder();
        using FileLock @lock = await FileLock.AcquireAsync(_file.LockPath, () => _report.Send(DownloadStage.Waiting), cancellationToken).ConfigureAwait(false);
        if (!_file.Exists)
        {
            WeightsDownloader downloader = new(_options, _file, _report, _entry.MaxFileLength, stream => Read(stream, _report.Address.AbsoluteUri));
            await downloader.DownloadAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private void CreateFolder()
    {
        string folder = Path.GetDirectoryName(_file.Path)!;
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WeightsDownloadException(
                $"The cache folder '{folder}' cannot be made. {e.Message} Set {WeightsDownloadOptions.CacheVariable} to another folder.", e);
        }
    }

    private Checkpoint Read(Stream stream, string source)
    {
        Checkpoint checkpoint = CheckpointReader.Read(stream, source);
        CheckpointValidation.Validate(checkpoint, _entry.Description.Architecture);
        return checkpoint.ClassCount == _entry.ClassCount
            ? checkpoint
            : throw new WeightsFormatException(
                WeightsFormatError.ShapeMismatch,
                source,
                $"its classifier has {checkpoint.ClassCount} classes; the catalog says {_entry.ClassCount} for '{_entry.Name}'. It is another file.");
    }

    /// <summary>Records the hash of a file that was put into the cache by hand; a cache that may only be read is good, too.</summary>
    private void RecordWhereAllowed(string hash)
    {
        try
        {
            _file.RecordHash(hash);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next reader finds no recorded hash, as this one did.
        }
    }
}
