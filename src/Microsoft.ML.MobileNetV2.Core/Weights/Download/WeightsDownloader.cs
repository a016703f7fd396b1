namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Downloads one file: attempts with growing pauses, each resuming from the last one, then the check and the move into place.</summary>
internal sealed class WeightsDownloader(WeightsDownloadOptions options, CachedFile file, DownloadReport report, Action<Stream> checkContent)
{
    private const string UserAgent = "Microsoft.ML.MobileNetV2";

    /// <exception cref="WeightsDownloadException">No attempt succeeded, or the file cannot be written.</exception>
    /// <exception cref="WeightsFormatException">The server has another file than the published one.</exception>
    internal async Task DownloadAsync(CancellationToken cancellationToken)
    {
        using HttpClient client = new(options.CreateHandler()) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.ParseAdd(UserAgent);
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                await AttemptAsync(client, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (WeightsDownloadException e) when (e.IsTransient && attempt < options.RetryDelays.Count)
            {
                report.Send(DownloadStage.Retrying);
            }

            await Task.Delay(options.RetryDelays[attempt], cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task AttemptAsync(HttpClient client, CancellationToken cancellationToken)
    {
        using PartialFile part = new(file.PartPath, options.OpenFile);
        long before = part.Length;
        report.Send(DownloadStage.Started, before, totalBytes: null);
        try
        {
            await new DownloadRequest(client, options, report, part).ReceiveAsync(file.HasKnownHash, cancellationToken).ConfigureAwait(false);
            long length = part.Length;
            part.Complete(file.Path, Check);
            report.Send(DownloadStage.Completed, length, length);
        }
        catch (WeightsFormatException e)
        {
            part.Delete();
            if (before > 0)
            {
                throw new WeightsDownloadException(e.Message, e) { Address = report.Address, IsTransient = true };
            }

            throw;
        }
        catch (WeightsDownloadException e) when (e.IsOfDisk)
        {
            part.Delete();
            throw;
        }
    }

    /// <summary>Checks the content before its hash is recorded: where no hash is published, the first one is trusted from then on.</summary>
    private void Check(Stream stream)
    {
        string hash = file.CheckHash(stream, report.Address.AbsoluteUri, "The server has another file, or something between changed it.");
        checkContent(stream);
        file.RecordHash(hash);
    }
}
