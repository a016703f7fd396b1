using Microsoft.ML.MobileNetV2;

namespace WebService;

/// <summary>Turns exceptions into answers: what is the client's fault, and what it may know about it.</summary>
internal static class Problems
{
    internal static ExceptionHandlerOptions HandlerOptions => new()
    {
        StatusCodeSelector = StatusOf,
        // A bad upload is an answer, not an error of the service that its log should shout about.
        SuppressDiagnosticsCallback = context => IsOfClient(context.Exception),
    };

    internal static void Describe(ProblemDetailsOptions options) => options.CustomizeProblemDetails = context =>
    {
        if (context.Exception is { } error && IsOfClient(error))
        {
            context.ProblemDetails.Detail = error.Message;
        }
    };

    private static int StatusOf(Exception error) => error switch
    {
        BadHttpRequestException request => request.StatusCode,
        ImageDecodingException => StatusCodes.Status400BadRequest,
        _ => StatusCodes.Status500InternalServerError,
    };

    private static bool IsOfClient(Exception error) => StatusOf(error) < StatusCodes.Status500InternalServerError;
}
