using System.Net.Mime;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.ML.MobileNetV2.Tool.Serving;

/// <summary>Answers what is wrong with a request as problem details (RFC 9457). What is wrong with the server stays an unhandled exception, which is logged.</summary>
internal sealed partial class RequestErrors(ServerSettings settings) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is ConnectionResetException)
        {
            // Nobody reads the answer; the status is for the metrics.
            httpContext.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return true;
        }

        (int Status, string Detail)? problem = exception switch
        {
            ImageDecodingException { MaxPixelCount: { } most } => (StatusCodes.Status422UnprocessableEntity, TooManyPixels(most)),
            ImageDecodingException => (StatusCodes.Status422UnprocessableEntity, exception.Message),
            BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => (StatusCodes.Status413PayloadTooLarge, TooLarge()),
            BadHttpRequestException bad => (bad.StatusCode, DetailOf(bad)),
            _ => null,
        };
        if (problem is not { } found)
        {
            return false;
        }

        await WriteAsync(httpContext, found.Status, found.Detail);
        return true;
    }

    /// <summary>Writes a problem.</summary>
    /// <param name="context">The request.</param>
    /// <param name="status">The status.</param>
    /// <param name="detail">What is wrong and what to do, for a person; null where the status says it all.</param>
    internal static async Task WriteAsync(HttpContext context, int status, string? detail)
    {
        context.Response.StatusCode = status;
        ProblemDetailsContext problem = new() { HttpContext = context, ProblemDetails = { Status = status, Detail = detail } };
        if (!await context.RequestServices.GetRequiredService<IProblemDetailsService>().TryWriteAsync(problem))
        {
            // The client accepts no JSON.
            context.Response.ContentType = MediaTypeNames.Text.Plain;
            await context.Response.WriteAsync(detail ?? string.Empty);
        }
    }

    /// <summary>Returns the message, that about a parameter in the words of HTTP instead of those of the program.</summary>
    private static string DetailOf(BadHttpRequestException error) => WrongParameter().Match(error.Message) is { Success: true, Groups: var parts }
        ? $"{parts["name"].Value} is '{parts["value"].Value}'; expected {(parts["type"].Value == "bool" ? "true or false" : "a whole number")}."
        : error.Message;

    /// <summary>Returns what the web framework says of a parameter that it cannot read.</summary>
    [GeneratedRegex("^Failed to bind parameter \"(?<type>[^ ]+) (?<name>[^\"]+)\" from \"(?<value>.*)\"\\.$", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex WrongParameter();

    private string TooManyPixels(long most) => FormattableString.Invariant($"The image has more than {most:N0} pixels. Send a smaller one") +
        (most == settings.MaxPixels ? ", or start the server with a larger --max-pixels." : "; the model takes no larger ones.");

    private string TooLarge() => FormattableString.Invariant(
        $"The upload has more than {settings.MaxUploadBytes / 1e6:0.######} MB. Send a smaller file, or start the server with a larger --max-upload-mb.");
}
