namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Downloads one file: attempts with growing pauses, each resuming from the last one, then the check and the move into place.</summary>
internal sealed class WeightsDownloader(
    WeightsDownloadOptions options, CachedFile file, DownloadReport report, long maxLength, Action<Stream> checkContent)
{
    private const string UserAgent = "Microsoft.ML.MobileNetV2";

    private long _mostReceived;

    /// <exception cref="WeightsDownloadException">No attempt succeeded, or the file cannot be written.</exception>
    /// <exception cref="WeightsFormatException">The server has another file than the published one.</exception>
    internal async Task DownloadAsync(CancellationToken cancellationToken)
    {
        using HttpClient client = new(options.CreateHandler()) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.ParseAdd(UserAgent);
        for (int failures = 0; ; failures++)
        {
            long before = _mostReceived;
            try
            {
                await AttemptAsync(client, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (WeightsDownloadException e) when (e.IsTransient)
            {
                // Only bytes beyond all earlier ones count: a server that breaks off at the same place again and again makes no progress.
                failures = _mostReceived - before >= options.MinProgress ? 0 : failures;
                if (failures >= options.RetryDelays.Count)
                {
                    throw WithWayOut(e);
                }

                report.Send(DownloadStage.Retrying);
            }
            catch (WeightsDownloadException e) when (!e.IsOfDisk)
            {
                throw WithWayOut(e);
            }

            await Task.Delay(options.RetryDelays[failures], options.Clock, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task AttemptAsync(HttpClient client, CancellationToken cancellationToken)
    {
        using PartialFile part = new(file.PartPath, options.OpenFile);
        long before = part.Length;
        _mostReceived = Math.Max(_mostReceived, before);
        report.Send(DownloadStage.Started, before, totalBytes: null);
        try
        {
            await new DownloadRequest(client, options, report, part, maxLength).ReceiveAsync(file.HasKnownHash, cancellationToken).ConfigureAwait(false);
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
        catch (WeightsDownloadException e) when (e.IsOfDisk || e.IsFileRefused)
        {
            part.Delete();
            throw;
        }
        catch (WeightsDownloadException)
        {
            _mostReceived = Math.Max(_mostReceived, part.Length);
            part.DeleteIfEmpty();
            throw;
        }
    }

    private WeightsDownloadException WithWayOut(WeightsDownloadException error) =>
        new($"{error.Message} {PretrainedFile.WayOut(report.Address, file.Path)}", error) { Address = error.Address, StatusCode = error.StatusCode };

    /// <summary>Checks the content before its hash is recorded: where no hash is published, the first one is trusted from then on.</summary>
    private void Check(Stream stream)
    {
        string hash = file.CheckHash(stream, report.Address.AbsoluteUri, "The server has another file, or something between changed it.");
        checkContent(stream);
        file.RecordHash(hash);
    }
}
