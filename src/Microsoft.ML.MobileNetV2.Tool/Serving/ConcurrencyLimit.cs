using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;

namespace Microsoft.ML.MobileNetV2.Tool.Serving;

/// <summary>Bounds how many images are received and classified at once, which bounds memory.</summary>
internal static class ConcurrencyLimit
{
    internal const string Policy = "images";

    private const string SecondsToWait = "1";

    internal static void Configure(RateLimiterOptions options, int permits)
    {
        options.AddConcurrencyLimiter(Policy, limiter =>
        {
            limiter.PermitLimit = permits;
            limiter.QueueLimit = 0;
            limiter.QueueProcessingOrder = QueueProcessingOrder.OldestFirst;
        });
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.OnRejected = (context, _) => RejectAsync(context.HttpContext, permits);
    }

    private static async ValueTask RejectAsync(HttpContext context, int permits)
    {
        context.Response.Headers.RetryAfter = SecondsToWait;
        await RequestErrors.WriteAsync(
            context,
            StatusCodes.Status429TooManyRequests,
            $"The server is busy with {permits} images at once. Try again in {SecondsToWait} second, or start it with a larger --max-concurrency.");
    }
}
