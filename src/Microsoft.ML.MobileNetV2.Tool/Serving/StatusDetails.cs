using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Microsoft.ML.MobileNetV2.Tool.Serving;

/// <summary>Says what is wrong where the web framework refuses a request with a status alone.</summary>
internal static class StatusDetails
{
    internal static Task WriteAsync(StatusCodeContext context)
    {
        HttpContext request = context.HttpContext;
        return RequestErrors.WriteAsync(request, request.Response.StatusCode, DetailOf(request));
    }

    private static string? DetailOf(HttpContext context) => context.Response.StatusCode switch
    {
        // Of the filter of hosts: whatever else is wrong with a request is an exception.
        StatusCodes.Status400BadRequest => $"The request is for the host '{context.Request.Host}'; this server answers for localhost, 127.0.0.1 and [::1].",
        StatusCodes.Status404NotFound => $"There is nothing at '{context.Request.Path}'; '{ServerPipeline.DescriptionPath}' lists what there is.",
        StatusCodes.Status405MethodNotAllowed =>
            $"'{context.Request.Path}' does not answer {context.Request.Method}; expected {context.Response.Headers.Allow}.",
        _ => null,
    };
}
