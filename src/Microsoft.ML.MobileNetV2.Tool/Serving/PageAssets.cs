using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Microsoft.ML.MobileNetV2.Tool.Serving;

/// <summary>Serves the parts of the page, which are in this assembly.</summary>
internal static class PageAssets
{
    private static readonly (string Path, string Name, string Type)[] Assets =
    [
        ("/", "index.html", "text/html; charset=utf-8"),
        ("/style.css", "style.css", "text/css; charset=utf-8"),
        ("/script.js", "script.js", "text/javascript; charset=utf-8"),
    ];

    internal static void Map(IEndpointRouteBuilder routes)
    {
        foreach ((string path, string name, string type) in Assets)
        {
            byte[] content = Read(name);
            EntityTagHeaderValue tag = new($"\"{Convert.ToHexStringLower(SHA256.HashData(content))}\"");
            routes.MapMethods(path, [HttpMethods.Get, HttpMethods.Head], (HttpResponse response) => Serve(response, content, type, tag)).ExcludeFromDescription();
        }
    }

    private static FileContentHttpResult Serve(HttpResponse response, byte[] content, string type, EntityTagHeaderValue tag)
    {
        // The page of another version is never shown; the same one is not sent again.
        response.Headers.CacheControl = "no-cache";
        return TypedResults.Bytes(content, type, entityTag: tag);
    }

    private static byte[] Read(string name)
    {
        using Stream stream = typeof(PageAssets).Assembly.GetManifestResourceStream(name)!;
        byte[] content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
