namespace Microsoft.ML.MobileNetV2.Tool.Tests.TestUtilities;

/// <summary>Waits for what another process does and sends no event for.</summary>
internal static class Polling
{
    private const int IntervalMilliseconds = 10;

    /// <summary>Returns as soon as a condition holds; only the test's end ends the waiting.</summary>
    internal static async Task UntilAsync(Func<bool> condition, CancellationToken end)
    {
        while (!condition())
        {
            await Task.Delay(IntervalMilliseconds, end);
        }
    }
}
