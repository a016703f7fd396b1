namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Ensures that one process or thread at a time downloads a file.</summary>
/// <remarks>
/// The operating system ends the lock with the process that holds it, so a lock file that a killed process left behind does not lock anything.
/// The file itself stays: were it deleted, a process that waits on the deleted one and a new process would both hold a lock.
/// </remarks>
internal sealed class FileLock : IDisposable
{
    private const int WindowsSharingViolation = unchecked((int)0x80070020);
    private const int LinuxWouldBlock = 11;
    private const int MacWouldBlock = 35;
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);
    private readonly FileStream _stream;

    private FileLock(FileStream stream) => _stream = stream;

    public void Dispose() => _stream.Dispose();

    internal static async Task<FileLock> AcquireAsync(string path, Action onWaiting, CancellationToken cancellationToken)
    {
        for (bool isFirst = true; ; isFirst = false)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                return new(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException e) when (e.HResult is WindowsSharingViolation or LinuxWouldBlock or MacWouldBlock)
            {
                if (isFirst)
                {
                    onWaiting();
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new WeightsDownloadException(
                    $"'{path}' cannot be written. {e.Message} Set {WeightsDownloadOptions.CacheVariable} to another folder.", e);
            }

            await Task.Delay(PollInterval, cancellationToken).ConfigureAwait(false);
        }
    }
}
